import type { FulfillmentOrder, HandoverProof, Package } from '../schema/fulfillment-order.ts';
import type { Order } from '../schema/order.ts';
import type { Bucket, NamedUnits } from '../schema/stock-position.ts';
import { labelOf } from './decide-address.ts';
import { expiredPick, isPastDate, isStopped, surplusException, surplusStep } from './decide-pick.ts';
import {
	applied,
	type CountName,
	type Decision,
	type DomainEvent,
	type ExceptionDraft,
	type LineUnits,
	type Statement,
	type UnitStep,
} from './decision.ts';
import { findLine, mergeUnits, putBackUnits, takeFrom } from './line-units.ts';
import { nameSteps } from './named-units.ts';
import { packedInstead, packedUnits, without } from './packed-units.ts';

/** The bucket in which the ledger has a unit that its FO line counts here. */
const bucketOf = {
	toPick: 'allocated',
	picked: 'picked',
	packed: 'picked',
	staged: 'staged',
	short: 'lost',
} as const satisfies Partial<Record<CountName, Bucket>>;
type HeldCount = keyof typeof bucketOf;

/** Packed units were picked, whether or not anybody said so. What no line holds is in hand, and to be put back. */
export function decidePack(fulfillmentOrder: FulfillmentOrder, { payload, at }: Statement<'pack'>): Decision {
	if (fulfillmentOrder.packages.some((known) => known.id === payload.packageId)) return applied([]);
	const units = mergeUnits(payload.lines);
	const named = packedUnits(fulfillmentOrder, payload.lines);
	const instead = packedInstead(fulfillmentOrder, named);
	const steps: UnitStep[] = [];
	const exceptions: ExceptionDraft[] = [];
	for (const { lineId, sku, quantity } of units) {
		const line = isStopped(fulfillmentOrder) ? undefined : findLine(fulfillmentOrder, lineId, sku);
		const { parts, missing } = takeFrom(line, quantity, ['picked', 'toPick']);
		for (const part of parts) {
			const bucket = part.from === 'toPick' ? ({ from: 'allocated', to: 'picked' } as const) : null;
			steps.push({
				lineId,
				sku,
				quantity: part.quantity,
				count: { from: part.from, to: 'packed' },
				bucket,
				putBack: 0,
			});
		}
		const surplus = Math.max(0, missing - putBackUnits(fulfillmentOrder, sku));
		if (surplus > 0) steps.push(surplusStep(lineId, sku, surplus));
		if (missing > 0) exceptions.push(surplusException(fulfillmentOrder, sku, missing));
	}
	const packed: Package = {
		id: payload.packageId,
		lines: [...units],
		...(named.length === 0 ? {} : { named: [...named] }),
		weightGrams: payload.weightGrams,
		trackingNumber: null,
		shippedAt: null,
	};
	for (const each of instead) if (isPastDate(each.expiresOn, at)) exceptions.push(expiredPick(fulfillmentOrder, each));
	return applied(
		[{ kind: 'packed', steps: nameBySku(steps, [...without(named, instead), ...instead]), package: packed }],
		exceptions,
	);
}

/** Steps of each SKU, named as far as the list says which units they are. */
function nameBySku(steps: readonly UnitStep[], named: readonly NamedUnits[]): readonly UnitStep[] {
	return [...Map.groupBy(steps, ({ sku }) => sku)].flatMap(([sku, own]) =>
		nameSteps(
			own,
			named.filter((units) => units.sku === sku),
		),
	);
}

/** Units that left: first from where the line has them, then from what was cancelled, then from nowhere we know. */
function leave(
	fulfillmentOrder: FulfillmentOrder,
	units: readonly LineUnits[],
	to: 'shipped' | 'handedOver',
	held: readonly HeldCount[],
): { readonly steps: readonly UnitStep[]; readonly exceptions: readonly ExceptionDraft[] } {
	const steps: UnitStep[] = [];
	const exceptions: ExceptionDraft[] = [];
	for (const { lineId, sku, quantity } of mergeUnits(units)) {
		const line = findLine(fulfillmentOrder, lineId, sku);
		const planned = takeFrom(line, quantity, held);
		for (const part of planned.parts) {
			const from = bucketOf[part.from as HeldCount];
			const bucket = { from, to: 'customer' } as const;
			steps.push({ lineId, sku, quantity: part.quantity, count: { from: part.from, to }, bucket, putBack: 0 });
		}
		if (planned.missing === 0) continue;
		const gone = line ? line.quantities.handedOver + line.quantities.shipped : 0;
		if (gone > 0 && !isStopped(fulfillmentOrder)) {
			exceptions.push(leftTwice(fulfillmentOrder, sku, planned.missing, to));
			continue;
		}
		const cancelled = Math.min(planned.missing, line?.quantities.cancelled ?? 0);
		let inHand = putBackUnits(fulfillmentOrder, sku);
		const unplanned = (count: UnitStep['count'], wanted: number) => {
			const fromHand = Math.min(wanted, inHand);
			inHand -= fromHand;
			const step = { lineId, sku, count };
			if (fromHand > 0) {
				steps.push({ ...step, quantity: fromHand, bucket: { from: 'picked', to: 'customer' }, putBack: -fromHand });
			}
			if (wanted > fromHand) {
				steps.push({ ...step, quantity: wanted - fromHand, bucket: { from: 'available', to: 'customer' }, putBack: 0 });
			}
		};
		if (cancelled > 0) unplanned({ from: 'cancelled', to }, cancelled);
		if (planned.missing > cancelled) unplanned(null, planned.missing - cancelled);
		exceptions.push(leftUnplanned(fulfillmentOrder, sku, planned.missing, to));
	}
	return { steps, exceptions };
}

function leftTwice(fulfillmentOrder: FulfillmentOrder, sku: string, quantity: number, to: string): ExceptionDraft {
	return {
		exceptionKind: to === 'handedOver' ? 'second_handover' : 'fulfilled_more_than_held',
		priority: 'high',
		sku,
		quantity,
		heldState: fulfillmentOrder.state,
		fact: `${quantity} × ${sku} of ${fulfillmentOrder.number} left again`,
		plan: `${fulfillmentOrder.number} had left already`,
	};
}

function leftUnplanned(fulfillmentOrder: FulfillmentOrder, sku: string, quantity: number, to: string): ExceptionDraft {
	const stopped = isStopped(fulfillmentOrder);
	return {
		exceptionKind: stopped
			? fulfillmentOrder.movedTo
				? 'fulfilled_after_move'
				: 'fulfilled_after_cancel'
			: 'fulfilled_more_than_held',
		priority: 'high',
		sku,
		quantity,
		heldState: fulfillmentOrder.state,
		...(fulfillmentOrder.movedTo === undefined ? {} : { otherSiteName: fulfillmentOrder.movedTo.siteName }),
		fact: `${quantity} × ${sku} ${to === 'shipped' ? 'shipped' : 'handed over'} for ${fulfillmentOrder.number}`,
		plan: stopped
			? `${fulfillmentOrder.number} was ${fulfillmentOrder.state}`
			: `${fulfillmentOrder.number} held fewer`,
	};
}

/** A package leaves with the label that it has, even with one for an address that no longer holds. */
export function decideShip(
	fulfillmentOrder: FulfillmentOrder,
	order: Order | undefined,
	{ payload }: Statement<'ship'>,
): Decision {
	const shipped = fulfillmentOrder.packages.find((known) => known.id === payload.packageId);
	if (!shipped) {
		return applied(
			[],
			[
				{
					exceptionKind: 'fulfilled_more_than_held',
					priority: 'high',
					trackingNumber: payload.trackingNumber,
					fact: `Package ${payload.trackingNumber} shipped for ${fulfillmentOrder.number}`,
					plan: 'No such package was packed',
				},
			],
		);
	}
	if (shipped.shippedAt !== null) return applied([]);
	const { steps, exceptions } = leave(fulfillmentOrder, shipped.lines, 'shipped', ['packed', 'picked', 'toPick']);
	const { packageId, trackingNumber } = payload;
	const misaddressed =
		order && labelOf(shipped, order.shipTo) === 'void' ? [leftMisaddressed(shipped, order, payload)] : [];
	const named = nameBySku(steps, shipped.named ?? []);
	return applied(
		[{ kind: 'package_shipped', steps: named, packageId, trackingNumber }],
		[...exceptions, ...misaddressed],
	);
}

function leftMisaddressed(
	{ label }: Package,
	{ number, shipTo }: Order,
	{ trackingNumber }: Statement<'ship'>['payload'],
): ExceptionDraft {
	return {
		exceptionKind: 'label_void_shipped',
		priority: 'high',
		trackingNumber,
		...(label === undefined ? {} : { labelAddress: label.shipTo }),
		orderAddress: shipTo,
		fact: `Package ${trackingNumber} of order ${number} left for ${label?.shipTo.line1 ?? ''}`,
		plan: `Order ${number} goes to ${shipTo.line1}`,
	};
}

/** What was picked stands at this location now; staging again moves it. */
export function decideStage(fulfillmentOrder: FulfillmentOrder, { payload }: Statement<'stage'>): Decision {
	if (isStopped(fulfillmentOrder)) return applied([]);
	const steps = fulfillmentOrder.lines
		.filter((line) => line.quantities.picked > 0)
		.map(
			(line): UnitStep => ({
				lineId: line.lineId,
				sku: line.sku,
				quantity: line.quantities.picked,
				count: { from: 'picked', to: 'staged' },
				bucket: { from: 'picked', to: 'staged' },
				putBack: 0,
			}),
		);
	const anythingThere = steps.length > 0 || fulfillmentOrder.lines.some((line) => line.quantities.staged > 0);
	return applied(anythingThere ? [{ kind: 'staged', steps, location: payload.location }] : []);
}

/** The goods are with whoever collected them. Of a second handover both proofs go to the person who sorts it out. */
export function decideHandOver(fulfillmentOrder: FulfillmentOrder, statement: Statement<'hand_over'>): Decision {
	const { payload } = statement;
	const left = leave(fulfillmentOrder, payload.lines, 'handedOver', ['staged', 'picked', 'packed', 'toPick']);
	const { exceptions } = left;
	const lineKey = ({ lineId, sku }: LineUnits) => `${lineId}\n${sku}`;
	const told = Map.groupBy(payload.lines, lineKey);
	const steps = [...Map.groupBy(left.steps, lineKey)].flatMap(([key, own]) => nameSteps(own, told.get(key) ?? []));
	const proof = handoverProof(statement);
	const { collectedBy } = payload;
	const earlier = fulfillmentOrder.handover;
	const handovers = earlier === undefined ? [proof] : [earlier, proof];
	const again = exceptions.filter(({ exceptionKind }) => exceptionKind === 'second_handover');
	const others = exceptions.filter(({ exceptionKind }) => exceptionKind !== 'second_handover');
	const quantity = again.reduce((sum, each) => sum + (each.quantity ?? 0), 0);
	const events: DomainEvent[] = [];
	if (steps.length > 0) events.push({ kind: 'handed_over', steps, collectedBy, proof });
	if (quantity > 0) events.push({ kind: 'handed_over_again', steps: [], quantity, collectedBy });
	return applied(events, [...inOneCase(again).map((each) => ({ ...each, handovers })), ...others]);
}

/** One pickup that was handed over twice is one case, however many products it has. */
function inOneCase(again: readonly ExceptionDraft[]): readonly ExceptionDraft[] {
	const [first, ...rest] = again;
	if (first === undefined || rest.length === 0) return again;
	const { sku: _, ...draft } = first;
	const quantity = again.reduce((sum, each) => sum + (each.quantity ?? 0), 0);
	return [{ ...draft, quantity, fact: again.map(({ fact }) => fact).join('; ') }];
}

function handoverProof({ payload, actorName, at }: Statement<'hand_over'>): HandoverProof {
	const { collectedBy, identityCheck, signature } = payload;
	const units = payload.lines.reduce((sum, { quantity }) => sum + quantity, 0);
	return { at, actorName, collectedBy, identityCheck, units, ...(signature === undefined ? {} : { signature }) };
}
