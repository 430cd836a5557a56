import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceEvent, DeviceStatus, JournaledOperation } from '../../../shared/device/device-client.ts';
import type { StoredCheckpoints, StoredPage } from '../../../shared/device/ports.ts';
import { sampleOrder } from '../../../shared/domain/sample-order.ts';
import type { CollectionName } from '../../../shared/schema/documents.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { OperationType, PayloadOf } from '../../../shared/schema/operation.ts';
import { startingStatus } from '../device/starting-status.ts';
import { type ConnectedReplica, connectToReplica } from './connected-replica.ts';
import type { GenerationReader } from './generation-reader.ts';
import type { OwnRows } from './replica-rows.ts';

const { order, fulfillmentOrder } = sampleOrder([{ sku: 'MUG', quantity: 5 }]);
const { siteId, id: workId } = fulfillmentOrder;

/** The fulfillment order after so many picks. */
function picked(units: number): FulfillmentOrder {
	const [line] = fulfillmentOrder.lines;
	if (line === undefined) throw new Error('The sample has no line');
	const quantities = { ...line.quantities, toPick: line.quantities.toPick - units, picked: units };
	return { ...fulfillmentOrder, state: 'picking', lines: [{ ...line, quantities }] };
}

const pick = (): { readonly type: 'pick'; readonly payload: PayloadOf<'pick'> } => ({
	type: 'pick',
	payload: {
		fulfillmentOrderId: workId,
		orderId: order.id,
		lineId: fulfillmentOrder.lines[0]?.lineId ?? '',
		sku: 'MUG',
		quantity: 1,
	},
});

function journaled<T extends OperationType>(
	seq: number,
	{ type, payload }: { readonly type: T; readonly payload: PayloadOf<T> },
	state: JournaledOperation['state'] = 'saved',
): JournaledOperation {
	const opId = `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`;
	return {
		operation: {
			opId,
			deviceId: 'D-1',
			laneId: 'L-1',
			seq,
			type,
			v: 1,
			payload,
			basis: { epoch: 'e', position: 0 },
			actor: { associateId: 'P-1', name: 'Leah Hall' },
			grant: null,
			occurredAt: { wall: '2026-11-22T10:00:00Z', monotonicMs: 1, bootId: 'b', serverOffsetMs: 0 },
			previousHash: '',
			hash: '0'.repeat(64),
		},
		state,
		outcome: state === 'saved' ? null : { opId, seq, outcome: 'applied', exceptions: [], position: seq },
	};
}

type Documents = ReadonlyMap<string, { readonly collection: CollectionName; readonly body: object; position: number }>;

/** A generation on an imagined disk, whose rows a test changes while they are being read. */
function generation(number: number) {
	const rows = new Map<string, { collection: CollectionName; body: { id: string }; position: number }>();
	let checkpoints: StoredCheckpoints = { site: null, shared: null };
	let pages: readonly StoredPage[] = [];
	let whileReading: (() => void) | null = null;
	let closed = false;
	const stored = (each: { readonly body: object; readonly position: number }) => ({
		document: each.body as never,
		position: each.position,
	});
	const put = (collection: CollectionName, body: { readonly id: string }, position: number) =>
		void rows.set(`${collection}/${body.id}`, { collection, body, position });
	const reach = (position: number, ownSeq: number, laneId = 'L-1') => {
		const shared = { epoch: 'e', position: 0, laneId, ownSeq: 0 };
		checkpoints = { site: { epoch: 'e', position, laneId, ownSeq }, shared };
	};
	const reader: GenerationReader = {
		number,
		ownRows: async (): Promise<OwnRows> => ({ checkpoints, pages }),
		readAll: async (name) => {
			const found = [...rows.values()].filter(({ collection }) => collection === name).map(stored);
			if (name === 'work') {
				whileReading?.();
				whileReading = null;
			}
			return found;
		},
		readByIds: async (name, ids) => ids.flatMap((id) => rows.get(`${name}/${id}`) ?? []).map(stored),
		readWhere: async () => [],
		close: async () => {
			closed = true;
		},
	};
	return {
		reader,
		put,
		reach,
		remove: (collection: CollectionName, id: string) => rows.delete(`${collection}/${id}`),
		storing: (next: readonly StoredPage[]) => {
			pages = next;
		},
		duringRead: (change: () => void) => {
			whileReading = change;
		},
		isClosed: () => closed,
		rows: rows as Documents,
	};
}

type Generation = ReturnType<typeof generation>;

function device() {
	const listeners = new Set<(event: DeviceEvent) => void>();
	let operations: readonly JournaledOperation[] = [];
	let shown: Generation | null = null;
	let pausing: () => void = () => undefined;
	const settle = async () => {
		for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
	};
	const emit = async (...events: readonly DeviceEvent[]) => {
		for (const event of events) for (const listener of [...listeners]) listener(event);
		await settle();
	};
	const status = (position: number): DeviceStatus => ({
		...startingStatus,
		enrolled: { deviceId: 'D-1', deviceName: 'Counter', siteId, siteName: 'Leeds' },
		replicaGeneration: shown?.reader.number ?? null,
		streams: { site: { epoch: 'e', position, head: position }, shared: null },
	});
	return {
		journal: (...all: readonly JournaledOperation[]) => {
			operations = all;
		},
		show: (next: Generation | null) => {
			shown = next;
		},
		inPause: (change: () => void) => {
			pausing = change;
		},
		emit,
		tellStatus: (position: number) => emit({ kind: 'status', status: status(position) }),
		stored: (
			position: number,
			ownSeq: number,
			generationNumber = shown?.reader.number ?? 0,
			laneId = 'L-1',
		): DeviceEvent => ({
			kind: 'stored',
			generation: generationNumber,
			stream: 'site',
			position,
			laneId,
			ownSeq,
			changed: [{ collection: 'work', id: workId, deleted: false }],
		}),
		connect: (onChange: () => void = () => undefined) =>
			connectToReplica({
				client: {
					subscribe: (listener) => {
						listeners.add(listener);
						return () => listeners.delete(listener);
					},
					operations: async () => operations,
					status: async () => status(0),
				},
				siteId,
				openShown: async () => shown?.reader ?? null,
				pause: async () => {
					pausing();
				},
				onChange,
			}),
	};
}

let open: ConnectedReplica | null = null;
afterEach(async () => {
	await open?.close();
	open = null;
});

const pickedOf = (replica: ConnectedReplica) =>
	replica.live.one('fulfillment_order', workId)?.lines[0]?.quantities.picked;

function startWith(units: number, position: number, ownSeq: number, number = 1) {
	const here = generation(number);
	here.put('work', picked(units), position);
	here.put('orders', order, 1);
	here.reach(position, ownSeq);
	return here;
}

describe('the window over the replica', () => {
	test('a page that a later one has overtaken is shown with that one: no pick is counted twice in between', async () => {
		const [core, disk] = [device(), startWith(0, 1, 0)];
		core.show(disk);
		core.journal(journaled(1, pick()), journaled(2, pick()));
		const seen: unknown[] = [];
		const replica = await core.connect(() => seen.push(open && pickedOf(open)));
		open = replica;
		expect(pickedOf(replica)).toBe(2);
		disk.put('work', picked(2), 3);
		disk.reach(3, 2);
		await core.emit(core.stored(2, 1));
		expect(pickedOf(replica)).toBe(2);
		await core.emit(core.stored(3, 2));
		expect(pickedOf(replica)).toBe(2);
		expect(seen.every((units) => units === null || units === 2)).toBe(true);
	});

	test('a document that a later page took away is no half of two pages either', async () => {
		const [core, disk] = [device(), startWith(0, 1, 0)];
		core.show(disk);
		open = await core.connect();
		disk.remove('work', workId);
		disk.reach(3, 0);
		await core.emit(core.stored(2, 0));
		expect(pickedOf(open)).toBe(0);
		const gone = { collection: 'work', id: workId, deleted: true };
		await core.emit({ ...core.stored(3, 0), changed: [gone] } as DeviceEvent);
		expect(open.live.one('fulfillment_order', workId)).toBeNull();
	});

	test('opened in the middle of a page, the documents are read again until they are of one page', async () => {
		const [core, disk] = [device(), startWith(0, 1, 0)];
		core.show(disk);
		core.journal(journaled(1, pick()));
		disk.put('work', picked(1), 2);
		core.inPause(() => disk.reach(2, 1));
		open = await core.connect();
		expect(pickedOf(open)).toBe(1);
		await core.emit(core.stored(2, 1));
		expect(pickedOf(open)).toBe(1);
	});

	test('a page that is stored while the documents are being read makes them be read again', async () => {
		const [core, disk] = [device(), startWith(0, 1, 0)];
		core.show(disk);
		core.journal(journaled(1, pick()));
		disk.duringRead(() => {
			disk.put('work', picked(1), 2);
			disk.reach(2, 1);
		});
		open = await core.connect();
		expect(pickedOf(open)).toBe(1);
	});

	test('a page that is noted as being stored is waited for, though all that is here looks whole', async () => {
		const [core, disk] = [device(), startWith(2, 4, 2)];
		core.show(disk);
		disk.remove('work', workId);
		disk.storing([{ stream: 'site' } as StoredPage]);
		core.inPause(() => {
			disk.put('work', picked(3), 6);
			disk.reach(6, 3);
			disk.storing([]);
		});
		open = await core.connect();
		expect(pickedOf(open)).toBe(3);
	});

	test('an operation that the page holds is out of the projection, though its answer never came', async () => {
		const [core, disk] = [device(), startWith(1, 2, 1)];
		core.show(disk);
		core.journal(journaled(1, pick(), 'saved'));
		open = await core.connect();
		expect(pickedOf(open)).toBe(1);
	});

	test('pages of which nobody told, as the tab that led is gone, are read when the status names them', async () => {
		const [core, disk] = [device(), startWith(0, 1, 0)];
		core.show(disk);
		open = await core.connect();
		disk.put('work', picked(3), 5);
		disk.reach(5, 0);
		await core.tellStatus(5);
		expect(pickedOf(open)).toBe(3);
	});
});

describe('a device that got another lane', () => {
	/** One pick that the lane before had sent and not pulled, and its window. */
	const leftBehind = async (seen: unknown[] = []) => {
		const [core, disk] = [device(), startWith(0, 1, 0)];
		core.show(disk);
		core.journal(journaled(1, pick(), 'sent'));
		open = await core.connect(() => seen.push(open && pickedOf(open)));
		expect(pickedOf(open)).toBe(1);
		const confirmed: DeviceEvent = { kind: 'operations', operations: [journaled(1, pick(), 'confirmed')] };
		return { core, disk, replica: open, confirmed };
	};

	test('shows what the lane before had sent once: it leaves with the page that holds it, though it is told before that is read', async () => {
		const seen: unknown[] = [];
		const { core, disk, replica, confirmed } = await leftBehind(seen);
		disk.put('work', picked(1), 5);
		disk.reach(5, 0, 'L-2');
		await core.emit(core.stored(5, 0, 1, 'L-2'), confirmed);
		expect(pickedOf(replica)).toBe(1);
		expect(replica.live.operations()).toEqual([]);
		expect(seen.every((units) => units === null || units === 1)).toBe(true);
	});

	test('goes on showing it until the last of several pages is read', async () => {
		const seen: unknown[] = [];
		const { core, disk, replica, confirmed } = await leftBehind(seen);
		disk.put('orders', order, 4);
		disk.reach(4, 0, 'L-2');
		await core.emit({
			...core.stored(4, 0, 1, 'L-2'),
			changed: [{ collection: 'orders', id: order.id, deleted: false }],
		} as DeviceEvent);
		expect(pickedOf(replica)).toBe(1);
		disk.put('work', picked(1), 5);
		disk.reach(5, 0, 'L-2');
		await core.emit(core.stored(5, 0, 1, 'L-2'), confirmed);
		expect(pickedOf(replica)).toBe(1);
		expect(replica.live.operations()).toEqual([]);
		expect(seen.every((units) => units === null || units === 1)).toBe(true);
	});

	test('waits with it for the page that has overtaken the one that was told', async () => {
		const seen: unknown[] = [];
		const { core, disk, replica, confirmed } = await leftBehind(seen);
		disk.put('work', picked(2), 6);
		disk.reach(6, 1, 'L-2');
		await core.emit(core.stored(5, 0, 1, 'L-2'), confirmed);
		expect(pickedOf(replica)).toBe(1);
		await core.emit(core.stored(6, 1, 1, 'L-2'));
		expect(pickedOf(replica)).toBe(2);
		expect(replica.live.operations()).toEqual([]);
		expect(seen.every((units) => units === null || Number(units) >= 1)).toBe(true);
	});

	test('never lays it over documents that hold it, where all was read anew before it was told', async () => {
		const { core, disk, replica, confirmed } = await leftBehind();
		disk.put('work', picked(1), 5);
		disk.reach(5, 0, 'L-2');
		await core.tellStatus(5);
		await core.emit(core.stored(5, 0, 1, 'L-2'), confirmed);
		expect(pickedOf(replica)).toBe(1);
		core.journal();
		await core.tellStatus(6);
		await core.emit(confirmed);
		expect(pickedOf(replica)).toBe(1);
		expect(replica.live.operations()).toEqual([]);
	});
});

describe('a generation that takes another’s place', () => {
	test('is shown in one step, with what is not confirmed in it on top', async () => {
		const [core, old] = [device(), startWith(0, 4, 0)];
		core.show(old);
		core.journal(journaled(1, pick()), journaled(2, pick()));
		const seen: unknown[] = [];
		open = await core.connect(() => seen.push(open && pickedOf(open)));
		expect(pickedOf(open)).toBe(2);
		const next = startWith(1, 9, 1, 2);
		await core.emit(core.stored(9, 1, 2));
		expect(pickedOf(open)).toBe(2);
		core.show(next);
		await core.emit({ kind: 'swapped', generation: 2 });
		expect(open.reader?.number).toBe(2);
		expect(pickedOf(open)).toBe(2);
		expect(old.isClosed()).toBe(true);
		await core.emit({ kind: 'operations', operations: [journaled(3, pick())] });
		expect(pickedOf(open)).toBe(3);
		expect(seen.every((units) => units === null || Number(units) >= 2)).toBe(true);
	});

	test('holds the operations that were made while it was being read', async () => {
		const [core, old] = [device(), startWith(0, 4, 0)];
		core.show(old);
		open = await core.connect();
		const next = startWith(0, 9, 0, 2);
		core.show(next);
		next.duringRead(() => void core.emit({ kind: 'operations', operations: [journaled(1, pick())] }));
		await core.emit({ kind: 'swapped', generation: 2 });
		await core.emit();
		expect(open.reader?.number).toBe(2);
		expect(pickedOf(open)).toBe(1);
	});

	test('is found by the status alone, when its event was lost', async () => {
		const [core, old] = [device(), startWith(0, 4, 0)];
		core.show(old);
		open = await core.connect();
		core.show(startWith(4, 9, 0, 2));
		await core.tellStatus(9);
		expect(pickedOf(open)).toBe(4);
	});

	test('is waited for at the first load; work recorded meanwhile is not lost', async () => {
		const core = device();
		open = await core.connect();
		expect(open.reader).toBeNull();
		core.journal(journaled(1, pick()));
		core.show(startWith(0, 9, 0));
		await core.emit({ kind: 'swapped', generation: 1 });
		expect(pickedOf(open)).toBe(1);
	});

	test('of an older epoch’s place lays operations over it again that the restored backup has lost', async () => {
		const [core, old] = [device(), startWith(2, 4, 2)];
		core.show(old);
		open = await core.connect();
		expect(pickedOf(open)).toBe(2);
		core.show(startWith(1, 3, 1, 2));
		core.journal(journaled(2, pick(), 'sent'));
		await core.emit({ kind: 'swapped', generation: 2 });
		expect(pickedOf(open)).toBe(2);
	});
});
