import type { Movement } from '../schema/stock-position.ts';
import { decide } from './decide.ts';
import { evolveExceptionCase } from './decide-attention.ts';
import type {
	AnyStatement,
	Author,
	DomainEvent,
	ExceptionDraft,
	RefusalReason,
	StockEvent,
	Subject,
} from './decision.ts';
import { evolveFulfillmentOrder } from './evolve-fulfillment-order.ts';
import { evolveOrder } from './evolve-order.ts';

export type Applied =
	| {
			readonly outcome: 'applied';
			/** The documents afterwards; the same objects where nothing changed. */
			readonly subject: Subject;
			readonly events: readonly DomainEvent[];
			readonly movements: readonly Movement[];
			readonly exceptions: readonly ExceptionDraft[];
	  }
	| { readonly outcome: 'refused'; readonly reason: RefusalReason };

/** Decides a statement and applies what follows: the one way in which central, a device and the simulator change anything. */
export function applyStatement(subject: Subject, statement: AnyStatement): Applied {
	const decision = decide(subject, statement);
	if (decision.kind === 'refused') return { outcome: 'refused', reason: decision.reason };
	return {
		outcome: 'applied',
		subject: decision.events.reduce((current, event) => evolve(current, event, statement), subject),
		events: decision.events,
		movements: decision.events.flatMap((event) => movementsOf(event, subject.siteId)),
		exceptions: decision.exceptions,
	};
}

/** The documents after one event. */
export function evolve(subject: Subject, event: DomainEvent, statement: Author): Subject {
	const { fulfillmentOrder, order, exceptionCase } = subject;
	if (event.kind === 'captured_at_site') {
		const { order: captured, fulfillmentOrder: part } = event;
		return { ...subject, order: captured, fulfillmentOrder: part, stockDocuments: withDocuments(subject, event) };
	}
	return {
		...subject,
		fulfillmentOrder: fulfillmentOrder && evolveFulfillmentOrder(fulfillmentOrder, event, statement),
		order: order && evolveOrder(order, event, statement, subject.siteId, fulfillmentOrder?.id),
		returnCase: event.kind === 'returned' ? event.returnCase : subject.returnCase,
		exceptionCase: exceptionCase && evolveExceptionCase(exceptionCase, event, statement.actorName),
		stockDocuments: 'documents' in event ? withDocuments(subject, event) : subject.stockDocuments,
	};
}

function withDocuments(
	{ stockDocuments }: Subject,
	{ documents }: Pick<StockEvent, 'documents'>,
): Subject['stockDocuments'] {
	return new Map([...(stockDocuments ?? []), ...documents.map((document) => [document.id, document] as const)]);
}

/** The ledger's lines for one event. */
export function movementsOf(event: DomainEvent, siteId: string): readonly Movement[] {
	return event.steps.flatMap((step): Movement[] => {
		const { sku, quantity, bucket } = step;
		if (bucket === null) return [];
		const { fromBin, toBin, lot, expiresOn, serials } = step;
		return [
			{
				siteId: step.siteId ?? siteId,
				sku,
				quantity,
				from: bucket.from,
				to: bucket.to,
				reason: ('movementReason' in event ? event.movementReason : undefined) ?? event.kind,
				...(fromBin === undefined ? {} : { fromBin }),
				...(toBin === undefined ? {} : { toBin }),
				...(lot === undefined ? {} : { lot }),
				...(expiresOn === undefined ? {} : { expiresOn }),
				...(serials === undefined ? {} : { serials }),
			},
		];
	});
}
