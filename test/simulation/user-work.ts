import type { LiveSite } from '../../renderer/src/replica/live-site.ts';
import type { FulfillmentLine, FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { OperationType, PayloadOf } from '../../shared/schema/operation.ts';
import { possiblePromises } from './promise-work.ts';
import type { Seeded } from './seeded.ts';

export type Work = {
	[T in OperationType]: { readonly type: T; readonly payload: PayloadOf<T>; readonly words: string };
}[OperationType];

interface Worker {
	readonly name: string;
	readonly isManager: boolean;
	readonly siteId: string;
	/** Units that the device may promise without asking; null while nobody can tell. */
	readonly left: readonly number[] | null;
	/** A new id for a box or a return. */
	readonly newId: () => string;
}

/** What this person might sensibly do next by what the screen shows, each with a weight. */
export function possibleWork(live: LiveSite, worker: Worker, random: Seeded): readonly (readonly [Work, number])[] {
	const possible: (readonly [Work, number])[] = [];
	const add = (weight: number, work: Work) => void possible.push([work, weight]);
	for (const fulfillmentOrder of live.all('fulfillment_order')) {
		for (const [work, weight] of workOf(fulfillmentOrder, worker, random)) add(weight, work);
	}
	for (const order of live.all('order')) {
		const line = order.lines.find(({ withCustomer }) => withCustomer > 0);
		if (line === undefined) continue;
		const quantity = random.between(1, line.withCustomer);
		const disposition = random.pick(['restock', 'quarantine', 'damaged'] as const);
		const one = { lineId: line.id, sku: line.sku, quantity, reason: 'unwanted', grade: 'as_new', disposition } as const;
		const refund = { minor: quantity * line.unitPrice.minor, currency: line.unitPrice.currency };
		const payload = { returnId: worker.newId(), orderId: order.id, orderNumber: order.number, lines: [one], refund };
		add(1, { type: 'return', payload, words: `takes ${quantity} × ${line.sku} of ${order.number} back` });
	}
	const { left } = worker;
	if (left !== null)
		for (const [work, weight] of possiblePromises(live, { ...worker, left }, random)) add(weight, work);
	const open = live.all('exception').find(({ state }) => state === 'open');
	if (open !== undefined && worker.isManager) {
		const payload = { exceptionId: open.id, note: 'seen' };
		add(1, { type: 'resolve_exception', payload, words: `resolves an exception (${open.exceptionKind})` });
	}
	return possible;
}

function workOf(
	fulfillmentOrder: FulfillmentOrder,
	worker: Worker,
	random: Seeded,
): readonly (readonly [Work, number])[] {
	const { id, orderId, number, lines, method, putBack, packages, pickerName } = fulfillmentOrder;
	const target = { fulfillmentOrderId: id, orderId };
	const work: (readonly [Work, number])[] = [];
	const first = (count: keyof FulfillmentLine['quantities']) => lines.find(({ quantities }) => quantities[count] > 0);
	const units = ({ lineId, sku }: FulfillmentLine, quantity: number) => ({ lineId, sku, quantity });

	const toPick = first('toPick');
	if (toPick !== undefined) {
		const { sku, quantities } = toPick;
		if (pickerName !== worker.name) {
			work.push([{ type: 'start_picking', payload: target, words: `starts ${number}` }, 1]);
		}
		const quantity = random.between(1, quantities.toPick);
		const picked = units(toPick, quantity);
		work.push([
			{ type: 'pick', payload: { ...target, ...picked }, words: `picks ${quantity} × ${sku} for ${number}` },
			8,
		]);
		const reason = random.pick(['not_found', 'damaged', 'not_sellable'] as const);
		work.push([
			{
				type: 'short',
				payload: { ...target, ...units(toPick, 1), reason },
				words: `finds 1 × ${sku} of ${number} missing (${reason})`,
			},
			0.7,
		]);
	}
	const picked = first('picked');
	if (picked !== undefined) {
		const quantity = random.between(1, picked.quantities.picked);
		const undone = { ...target, ...units(picked, 1) };
		work.push([{ type: 'undo_pick', payload: undone, words: `undoes a pick of ${picked.sku} for ${number}` }, 1]);
		if (method === 'ship') {
			const payload = { ...target, packageId: worker.newId(), lines: [units(picked, quantity)], weightGrams: 100 };
			work.push([{ type: 'pack', payload, words: `packs ${quantity} × ${picked.sku} of ${number}` }, 6]);
		} else {
			work.push([{ type: 'stage', payload: { ...target, location: 'PU-01' }, words: `stages ${number}` }, 5]);
		}
	}
	const box = packages.find(({ shippedAt }) => shippedAt === null);
	if (box !== undefined) {
		const payload = { ...target, packageId: box.id, trackingNumber: 'T-1' };
		work.push([{ type: 'ship', payload, words: `ships a box of ${number}` }, 6]);
	}
	const staged = first('staged');
	if (staged !== undefined) {
		const quantity = random.between(1, staged.quantities.staged);
		const payload = {
			...target,
			lines: [units(staged, quantity)],
			identityCheck: 'photo_id' as const,
			collectedBy: 'Anna Bell',
		};
		work.push([{ type: 'hand_over', payload, words: `hands ${quantity} × ${staged.sku} of ${number} over` }, 6]);
	}
	for (const { sku, quantity } of putBack) {
		const back = random.between(1, quantity);
		work.push([
			{ type: 'put_back', payload: { ...target, sku, quantity: back }, words: `puts ${back} × ${sku} back` },
			4,
		]);
	}
	const inHand = lines.some(({ quantities: { picked: p, packed, staged: s } }) => p + packed + s > 0);
	if (worker.isManager && (toPick !== undefined || inHand)) {
		work.push([{ type: 'cancel', payload: { ...target, reason: 'asked' }, words: `cancels ${number}` }, 0.7]);
	}
	if (worker.isManager && toPick !== undefined && !inHand) {
		work.push([{ type: 'decline', payload: { ...target, reason: 'busy' }, words: `declines ${number}` }, 0.4]);
	}
	return work;
}
