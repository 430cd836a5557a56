import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationEnvelope } from '../schema/operation.ts';
import type { SellingRight } from '../schema/selling-right.ts';
import type { Acknowledgment } from './journal-entries.ts';
import { NotEnoughRights, OwnRights } from './own-rights.ts';
import type { StoredPage } from './ports.ts';

const rights = (sku: string, quantity: number) => ({ rights: [{ sku, quantity }], lines: [{ sku, quantity }] });

function right(granted: number, change: Partial<SellingRight['shares'][number]> = {}): SellingRight {
	const share = { deviceId: 'D-1', granted, used: 0, released: 0, recall: 0, ...change };
	const other = { ...share, deviceId: 'D-2', granted: 50 };
	return { id: 'right:S-1:A', kind: 'selling_right', siteId: 'S-1', sku: 'A', shares: [other, share] };
}

let lane: OperationEnvelope[];
let acknowledgments: Map<string, Acknowledgment>;
let stored: readonly SellingRight[];
let own: OwnRights;
let isDiskFull: boolean;

/** What the lane's journal would do. */
async function save(type: string, payload: unknown): Promise<void> {
	await Promise.resolve();
	if (isDiskFull) throw new Error('disk_full');
	const seq = lane.length + 1;
	lane.push({ opId: `op-${seq}`, seq, type, payload } as OperationEnvelope);
}

const record = (type: string, quantity: number, sku = 'A') =>
	own.record({ type, payload: rights(sku, quantity) }, () => save(type, rights(sku, quantity)));

function shows(ownSeq: number): void {
	const site = { epoch: 'e', position: 1, laneId: 'L-1', ownSeq };
	own.shows({ number: 1, checkpoints: { site, shared: null }, isReadOnly: false });
}

function page(document: SellingRight, ownSeq: number): StoredPage {
	const { id, ...rest } = document;
	const one = { collection: 'stock' as const, id, position: 2, deleted: false, body: { id, ...rest } };
	const frame = {
		stream: 'site' as const,
		epoch: 'e',
		position: 2,
		head: 2,
		resync: false,
		serverTime: '',
		laneId: 'L-1',
	};
	return { ...frame, ownSeq, documents: [one] } as StoredPage;
}

beforeEach(() => {
	lane = [];
	acknowledgments = new Map();
	isDiskFull = false;
	stored = [right(3)];
	own = new OwnRights({
		deviceId: 'D-1',
		laneId: 'L-1',
		journal: { from: (seq) => lane.filter((each) => each.seq >= seq), acknowledgments },
		readRights: async () => stored,
		say: ({ type, payload }) => save(type, payload),
	});
	shows(0);
});

describe('what a device may promise on its own', () => {
	it('is its own share, less what it has promised since, and nothing of a SKU without a right', async () => {
		await record('capture_order', 2);
		expect(await own.left(['A', 'B'])).toEqual([1, 0]);
		own.stored(page(right(3, { used: 2 }), 1));
		expect(await own.left(['A'])).toEqual([1]);
	});

	it('is never taken twice, though two windows promise at the same moment', async () => {
		const both = await Promise.allSettled([record('capture_order', 2), record('reserve_stock', 2)]);
		expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(both[1]).toMatchObject({ reason: expect.any(NotEnoughRights) });
		expect(lane).toHaveLength(1);
	});

	it('does not stop a sale of goods in hand', async () => {
		await record('sell', 9);
		expect(lane).toHaveLength(1);
		expect(await own.left(['A'])).toEqual([0]);
	});

	it('comes back when central has refused the promise', async () => {
		await record('capture_order', 3);
		acknowledgments.set('op-1', { outcome: { outcome: 'refused' } } as Acknowledgment);
		expect(await own.left(['A'])).toEqual([3]);
	});

	it('is nothing while the shown documents are those of another release', async () => {
		own.shows({ number: 1, checkpoints: { site: null, shared: null }, isReadOnly: true });
		expect(await own.left(['A'])).toEqual([0]);
	});
});

describe('a recall', () => {
	it('is answered once, behind all promises, with what they have left', async () => {
		void record('capture_order', 2);
		own.stored(page(right(3, { recall: 3 }), 0));
		own.stored(page(right(3, { recall: 3 }), 0));
		expect(await own.left(['A'])).toEqual([0]);
		expect(lane.map(({ type, payload }) => [type, (payload as ReturnType<typeof rights>).rights])).toEqual([
			['capture_order', [{ sku: 'A', quantity: 2 }]],
			['release_rights', [{ sku: 'A', quantity: 1 }]],
		]);
	});

	it('that found the disk full is answered with the next page that has nothing new, once', async () => {
		isDiskFull = true;
		own.stored(page(right(3, { recall: 2 }), 0));
		expect(await own.left(['A'])).toEqual([3]);
		own.caughtUp();
		expect(await own.left(['A'])).toEqual([3]);
		isDiskFull = false;
		own.caughtUp();
		own.caughtUp();
		expect(await own.left(['A'])).toEqual([1]);
		expect(lane).toMatchObject([{ type: 'release_rights', payload: { rights: [{ sku: 'A', quantity: 2 }] } }]);
	});

	it('that was stored before a crash is answered at the next start', async () => {
		stored = [right(3, { recall: 2 })];
		shows(0);
		expect(await own.left(['A'])).toEqual([1]);
		expect(lane).toMatchObject([{ type: 'release_rights', payload: { rights: [{ sku: 'A', quantity: 2 }] } }]);
	});
});
