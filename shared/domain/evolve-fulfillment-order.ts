import type { FulfillmentLine, FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { NamedUnits } from '../schema/stock-position.ts';
import { isStillWanted } from './decide-pick.ts';
import type { AnyStatement, DomainEvent, OtherPart, UnitStep } from './decision.ts';
import { stateOf, stateTransitions } from './fulfillment-state.ts';
import { changePutBack, moveUnits, putBackUnits, updateLine } from './line-units.ts';
import { namedAtMost, withNamed, withoutNamed } from './named-units.ts';
import { namedAfterPacking } from './packed-units.ts';

/** The FO after an event. Throws only for a step that the transition table doesn't know: a mistake of ours. */
export function evolveFulfillmentOrder(
	before: FulfillmentOrder,
	event: DomainEvent,
	statement: Pick<AnyStatement, 'actorName' | 'at'>,
): FulfillmentOrder {
	const moved = event.steps.reduce((current, step) => applyStep(current, step, event), before);
	const detailed = applyDetail(moved, event, statement);
	const after = event.kind === 'packed' ? withPackedUnits(before, detailed) : withNamedUnits(detailed, event);
	const state = stateOf(after);
	if (state !== before.state && !stateTransitions[before.state].includes(state)) {
		throw new Error(`FO ${before.number} can't go from ${before.state} to ${state} by ${event.kind}`);
	}
	return { ...after, state };
}

function applyStep(fulfillmentOrder: FulfillmentOrder, step: UnitStep, event: DomainEvent): FulfillmentOrder {
	const { count } = step;
	const moved = count
		? updateLine(fulfillmentOrder, step.lineId, (line) =>
				withShorts(moveUnits(line, count.from, count.to, step.quantity), step, event),
			)
		: fulfillmentOrder;
	return step.putBack === 0 ? moved : changePutBack(moved, step.sku, step.putBack);
}

/** Units of which the packer says that they are others than those picked are the ones that were taken. */
function withPackedUnits(before: FulfillmentOrder, after: FulfillmentOrder): FulfillmentOrder {
	const named = namedAfterPacking(before, after.packages, (sku) => unitsTaken(after, sku));
	return named === before.named || named.length === 0 ? after : { ...after, named: [...named] };
}

/** Which units were taken for it, as far as somebody has said it. What is given back is named no more, whether or not it was said which. */
function withNamedUnits(fulfillmentOrder: FulfillmentOrder, event: DomainEvent): FulfillmentOrder {
	const isTaken = event.kind === 'units_picked';
	if (!isTaken && (fulfillmentOrder.named === undefined || !giveBack.has(event.kind))) return fulfillmentOrder;
	const named = event.steps.reduce<readonly NamedUnits[]>(
		(list, step) =>
			isTaken
				? withNamed(list, step)
				: namedAtMost(withoutNamed(list, step), step.sku, unitsTaken(fulfillmentOrder, step.sku)),
		fulfillmentOrder.named ?? [],
	);
	return named.length === 0 && fulfillmentOrder.named === undefined
		? fulfillmentOrder
		: { ...fulfillmentOrder, named: [...named] };
}

const giveBack: ReadonlySet<DomainEvent['kind']> = new Set(['pick_undone', 'put_back']);

/** Of a SKU, what was taken for it and is not in its bin again. */
function unitsTaken(fulfillmentOrder: FulfillmentOrder, sku: string): number {
	return fulfillmentOrder.lines
		.filter((line) => line.sku === sku)
		.map(({ quantities: { picked, packed, staged, shipped, handedOver } }) =>
			[picked, packed, staged, shipped, handedOver].reduce((sum, units) => sum + units, 0),
		)
		.reduce((sum, units) => sum + units, putBackUnits(fulfillmentOrder, sku));
}

/** The reasons of a line's shorts follow its count of shorts. */
function withShorts(line: FulfillmentLine, step: UnitStep, event: DomainEvent): FulfillmentLine {
	if (step.count?.to === 'short' && event.kind === 'units_short') {
		return { ...line, shorts: [...line.shorts, { reason: event.reason, quantity: step.quantity }] };
	}
	if (step.count?.from !== 'short') return line;
	let found = step.quantity;
	const shorts = line.shorts.flatMap((short) => {
		if (!isStillWanted(short) || found === 0) return [short];
		const part = Math.min(found, short.quantity);
		found -= part;
		return part === short.quantity ? [] : [{ ...short, quantity: short.quantity - part }];
	});
	return { ...line, shorts };
}

function applyDetail(
	fulfillmentOrder: FulfillmentOrder,
	event: DomainEvent,
	statement: Pick<AnyStatement, 'actorName' | 'at'>,
): FulfillmentOrder {
	switch (event.kind) {
		case 'picking_started':
			return { ...fulfillmentOrder, pickerName: statement.actorName };
		case 'packed':
			return { ...fulfillmentOrder, packages: [...fulfillmentOrder.packages, event.package] };
		case 'package_shipped':
			return {
				...fulfillmentOrder,
				packages: fulfillmentOrder.packages.map((known) =>
					known.id === event.packageId
						? { ...known, trackingNumber: event.trackingNumber, shippedAt: statement.at }
						: known,
				),
			};
		case 'label_printed':
			return {
				...fulfillmentOrder,
				packages: fulfillmentOrder.packages.map((known) =>
					known.id === event.packageId ? { ...known, label: { shipTo: event.shipTo, printedAt: statement.at } } : known,
				),
			};
		case 'handed_over':
			return { ...fulfillmentOrder, handover: event.proof };
		case 'staged':
			return { ...fulfillmentOrder, stagedAt: event.location };
		case 'declined':
			return { ...fulfillmentOrder, state: 'declined' };
		case 'moved':
			return withMoved(fulfillmentOrder, event.to);
		case 'rerouted':
			return withRerouted(fulfillmentOrder, event);
		case 'moved_back': {
			const { movedTo: _, ...restored } = fulfillmentOrder;
			return restored;
		}
		default:
			return fulfillmentOrder;
	}
}

/** With units left, the FO goes on here with the rest. */
function withMoved(fulfillmentOrder: FulfillmentOrder, to: OtherPart): FulfillmentOrder {
	const moved: FulfillmentOrder = { ...fulfillmentOrder, state: 'moved' };
	return stateOf(moved) === 'moved' ? { ...moved, movedTo: to } : fulfillmentOrder;
}

function withRerouted(
	fulfillmentOrder: FulfillmentOrder,
	{ units, to }: Extract<DomainEvent, { kind: 'rerouted' }>,
): FulfillmentOrder {
	if (fulfillmentOrder.state === 'declined') return { ...fulfillmentOrder, movedTo: to };
	return units.reduce(
		(current, { lineId, quantity }) => updateLine(current, lineId, (line) => markRerouted(line, quantity)),
		fulfillmentOrder,
	);
}

function markRerouted(line: FulfillmentLine, quantity: number): FulfillmentLine {
	let left = quantity;
	const shorts = line.shorts.toReversed().flatMap((short): FulfillmentLine['shorts'] => {
		if (short.rerouted || left === 0) return [short];
		const part = Math.min(left, short.quantity);
		left -= part;
		const given = { ...short, quantity: part, rerouted: true } as const;
		return part === short.quantity ? [given] : [given, { ...short, quantity: short.quantity - part }];
	});
	return { ...line, shorts: shorts.toReversed() };
}
