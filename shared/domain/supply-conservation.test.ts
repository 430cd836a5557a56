import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StockDocument } from '../schema/stock-document.ts';
import { type Bucket, buckets } from '../schema/stock-position.ts';
import type { Transfer } from '../schema/transfer.ts';
import { applyStatement } from './apply-statement.ts';
import type { AnyStatement } from './decision.ts';
import { samplePurchaseOrder, sampleTransfer, stated } from './sample-supply.ts';
import { cameOf } from './supply.ts';
import { allocatedLeft, inHand } from './transfer-units.ts';

type Books = Readonly<Record<Bucket, number>>;
interface World {
	readonly documents: ReadonlyMap<string, StockDocument>;
	/** Of mugs, by site. */
	readonly books: ReadonlyMap<string, Books>;
}
type Work = readonly [siteId: string, AnyStatement];

const transferId = 'transfer-1';
const empty = Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Books;

/** A transfer of five mugs was asked for: they are set aside at S-2. And S-1 waits for five of a supplier. */
function start(): World {
	const documents: readonly StockDocument[] = [sampleTransfer(), samplePurchaseOrder()];
	return {
		documents: new Map(documents.map((document) => [document.id, document])),
		books: new Map([
			['S-1', empty],
			['S-2', { ...empty, available: 4, allocated: 5, supplier: -9 }],
		]),
	};
}

function after(world: World, [siteId, statement]: Work): World {
	const result = applyStatement({ siteId, stockDocuments: world.documents }, statement);
	if (result.outcome === 'refused') return world;
	const books = new Map(world.books);
	for (const { siteId: at, sku, from, to, quantity } of result.movements) {
		if (sku !== 'MUG') continue;
		const before = books.get(at) ?? empty;
		const taken = { ...before, [from]: before[from] - quantity };
		books.set(at, { ...taken, [to]: taken[to] + quantity });
	}
	return { documents: result.subject.stockDocuments ?? world.documents, books };
}

const transferOf = (world: World): Transfer => {
	const transfer = world.documents.get(transferId);
	if (transfer?.kind !== 'transfer') throw new Error('The transfer is gone');
	return transfer;
};
const lineOf = (world: World) => {
	const [line] = transferOf(world).lines;
	if (line === undefined) throw new Error('It has one line');
	return line;
};

const few = fc.integer({ min: 1, max: 4 });
const mugs = (quantity: number, lineId: string, damaged: boolean) => ({
	lineId,
	sku: 'MUG',
	name: 'Mug',
	quantity,
	condition: damaged ? ('damaged' as const) : ('good' as const),
});

/** What people of the sending site do, without asking anybody. */
const senderWork: fc.Arbitrary<Work> = fc
	.oneof(
		few.map((quantity) => stated('pick_transfer', { transferId, sku: 'MUG', quantity, name: 'Mug', gtins: [] })),
		few.map((quantity) => stated('put_back_transfer', { transferId, sku: 'MUG', quantity })),
		few.map((quantity) => stated('short_transfer', { transferId, sku: 'MUG', quantity, reason: 'damaged' })),
		few.map((quantity) => stated('send_transfer', { transferId, lines: [{ sku: 'MUG', quantity }] })),
	)
	.map((statement): Work => ['S-2', statement]);

const receiptId = fc.constantFrom('r-1', 'r-2');
const lineId = fc.constantFrom('a', 'b', 'c', 'd', 'e');
/** And those of the receiving site. */
const receiverWork: fc.Arbitrary<Work> = fc
	.oneof(
		fc
			.tuple(receiptId, lineId, few, fc.boolean())
			.map(([id, line, quantity, damaged]) =>
				stated('receive', { receiptId: id, transferId, lines: [mugs(quantity, `${id}-${line}`, damaged)] }),
			),
		fc
			.tuple(receiptId, lineId)
			.map(([id, line]) => stated('undo_receive', { receiptId: id, transferId, lineIds: [`${id}-${line}`] })),
		fc
			.tuple(receiptId, fc.boolean())
			.map(([id, complete]) => stated('close_receipt', { receiptId: id, transferId, complete })),
	)
	.map((statement): Work => ['S-1', statement]);

const request: fc.Arbitrary<Work> = fc.constantFrom(
	['S-1', stated('cancel_transfer', { transferId, reason: 'no' })] as Work,
	['S-2', stated('decline_transfer', { transferId, reason: 'no' })] as Work,
);
const story = fc.array(
	fc.oneof({ weight: 8, arbitrary: senderWork }, { weight: 8, arbitrary: receiverWork }, request),
	{
		maxLength: 25,
	},
);

test('no unit appears or disappears between two sites, whatever they do in whatever order', () => {
	fc.assert(
		fc.property(story, (works) => {
			let world = start();
			for (const work of works) {
				world = after(world, work);
				const transfer = transferOf(world);
				const line = lineOf(world);
				const [here, there] = [world.books.get('S-1') ?? empty, world.books.get('S-2') ?? empty];
				for (const books of [here, there]) expect(buckets.reduce((sum, bucket) => sum + books[bucket], 0)).toBe(0);
				expect(here.other_site + there.other_site).toBe(0);
				expect(there.allocated).toBe(allocatedLeft(transfer, line));
				expect(there.picked).toBe(inHand(line));
				expect(there.other_site).toBe(line.sent);
				const isClosed = transfer.state === 'received' || transfer.state === 'discrepancy';
				const missing = line.sent - cameOf(line);
				expect([here.in_transit, here.lost]).toEqual(isClosed ? [0, missing] : [missing, 0]);
				expect([here.available, here.damaged]).toEqual([line.received, line.damaged]);
			}
		}),
		{ numRuns: 500 },
	);
});

test('what two cut-off sites did ends in the same books, whoever is heard of first', () => {
	const interleaving = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
	fc.assert(
		fc.property(
			fc.array(senderWork, { maxLength: 12 }),
			fc.array(receiverWork, { maxLength: 12 }),
			interleaving,
			(there, here, senderNext) => {
				const apart = [...there, ...here].reduce(after, start());
				const [fromThere, fromHere] = [[...there], [...here]];
				let mixed = start();
				for (const isSender of senderNext) {
					const [first, second] = isSender ? [fromThere, fromHere] : [fromHere, fromThere];
					const next = first.shift() ?? second.shift();
					if (next !== undefined) mixed = after(mixed, next);
				}
				expect(mixed.books).toEqual(apart.books);
				expect({ ...transferOf(mixed), sentAt: null }).toEqual({ ...transferOf(apart), sentAt: null });
			},
		),
		{ numRuns: 500 },
	);
});

test('the sums of an order are those of its receipts, however often any of it is told', () => {
	const receive = fc
		.tuple(receiptId, lineId, few, fc.boolean())
		.map(([id, line, quantity, damaged]) =>
			stated('receive', { receiptId: id, purchaseOrderId: 'po-1', lines: [mugs(quantity, line, damaged)] }),
		);
	const close = receiptId.map((id) =>
		stated('close_receipt', { receiptId: id, purchaseOrderId: 'po-1', complete: true }),
	);
	fc.assert(
		fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: receive }, close), { maxLength: 20 }), (statements) => {
			const works = statements.map((statement): Work => ['S-1', statement]);
			const world = [...works, ...works].reduce(after, start());
			const documents = [...world.documents.values()];
			const lines = documents.flatMap((each) => (each.kind === 'receipt' ? each.lines : []));
			const came = lines.reduce((sum, { quantity }) => sum + quantity, 0);
			const order = documents.find((each) => each.kind === 'purchase_order');
			expect(order && cameOf(order.lines[0] ?? { received: 0, damaged: 0 })).toBe(came);
			expect(0 - (world.books.get('S-1')?.supplier ?? 0)).toBe(came);
		}),
		{ numRuns: 300 },
	);
});
