import type { Order } from '../schema/order.ts';
import type { ReturnCase, ReturnRecord } from '../schema/return-case.ts';
import {
	applied,
	type Decision,
	dispositionBucket,
	type ExceptionDraft,
	type LineUnits,
	type Statement,
	type Subject,
	type UnitStep,
} from './decision.ts';
import { toldIdentity } from './named-units.ts';

/**
 * Goods that came back are in the ledger, whatever the order says. Only units that the customer had are paid back;
 * any more are a case for review.
 */
export function decideReturn(subject: Subject, statement: Statement<'return'>): Decision {
	const { payload } = statement;
	if (subject.returnCase) return applied([]);
	const accepted = acceptedUnits(subject.order, payload.lines);
	const sold = accepted.reduce((sum, units) => sum + units.quantity, 0);
	const came = payload.lines.reduce((sum, line) => sum + line.quantity, 0);
	const steps = payload.lines.map(
		({ lineId, sku, quantity, disposition, ...identity }): UnitStep => ({
			lineId,
			sku,
			quantity,
			count: null,
			bucket: { from: 'customer', to: dispositionBucket[disposition] },
			putBack: 0,
			...toldIdentity({ quantity, ...identity }),
		}),
	);
	const returnCase: ReturnCase = {
		id: payload.returnId,
		kind: 'return',
		orderId: payload.orderId,
		orderNumber: payload.orderNumber,
		siteId: subject.siteId,
		state: sold === came ? 'settled' : 'needs_review',
		lines: [...payload.lines],
		refund: {
			minor: refundMinor(subject.order, accepted),
			currency: subject.order?.currency ?? payload.refund.currency,
		},
		receivedAt: statement.at,
		actorName: statement.actorName,
		...(payload.evidence === undefined ? {} : { evidence: payload.evidence }),
	};
	const missing = unacceptedUnits(payload.lines, accepted);
	const before = (subject.order?.returns ?? []).filter((known) => concerns(known, missing));
	return applied(
		[{ kind: 'returned', steps, returnCase, accepted }],
		sold === came ? [] : [tooMany(returnCase, came, sold, before)],
	);
}

/** A return as its order remembers it. */
export function returnRecord({ id, siteId, actorName, lines, evidence }: ReturnCase, at: string): ReturnRecord {
	return {
		returnId: id,
		siteId,
		actorName,
		at,
		lines: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
		...(evidence === undefined ? {} : { evidence }),
	};
}

/** Units that came back although the customer had none of them (any more). */
function unacceptedUnits(lines: readonly LineUnits[], accepted: readonly LineUnits[]): readonly LineUnits[] {
	const left = new Map<string, number>();
	for (const { lineId, quantity } of accepted) left.set(lineId, (left.get(lineId) ?? 0) + quantity);
	return lines.flatMap((line) => {
		const taken = Math.min(line.quantity, left.get(line.lineId) ?? 0);
		left.set(line.lineId, (left.get(line.lineId) ?? 0) - taken);
		return taken === line.quantity ? [] : [{ ...line, quantity: line.quantity - taken }];
	});
}

const concerns = (record: ReturnRecord, units: readonly LineUnits[]): boolean =>
	record.lines.some(({ lineId }) => units.some((unit) => unit.lineId === lineId));

/** What came back before is the other half of the evidence. */
function tooMany(returnCase: ReturnCase, came: number, sold: number, before: readonly ReturnRecord[]): ExceptionDraft {
	return {
		exceptionKind: before.length > 0 ? 'returned_twice' : 'returned_more_than_sold',
		priority: 'high',
		quantity: came - sold,
		cameBack: came,
		couldComeBack: sold,
		returns: [...before, returnRecord(returnCase, returnCase.receivedAt)],
		fact: `${came} units of order ${returnCase.orderNumber} came back`,
		plan: `${sold} of them could still come back`,
	};
}

function acceptedUnits(order: Order | undefined, lines: readonly LineUnits[]): readonly LineUnits[] {
	const left = new Map(order?.lines.map((line) => [`${line.id}\n${line.sku}`, line.withCustomer]));
	return lines.flatMap(({ lineId, sku, quantity }) => {
		const key = `${lineId}\n${sku}`;
		const part = Math.min(quantity, left.get(key) ?? 0);
		left.set(key, (left.get(key) ?? 0) - part);
		return part > 0 ? [{ lineId, sku, quantity: part }] : [];
	});
}

function refundMinor(order: Order | undefined, accepted: readonly LineUnits[]): number {
	const price = new Map(order?.lines.map((line) => [line.id, line.unitPrice.minor]));
	return accepted.reduce((sum, { lineId, quantity }) => sum + quantity * (price.get(lineId) ?? 0), 0);
}
