import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../../shared/domain/sample-order.ts';
import type { FeedPage } from '../../shared/protocol/messages.ts';
import { release } from '../../shared/protocol/release.ts';
import {
	addDevice,
	addOrder,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { clockStartingAt, realClock } from '../clock.ts';
import { beginEpoch } from '../database/begin-epoch.ts';
import { DocumentWriter, siteStream } from '../database/documents.ts';
import { inTransaction } from '../database/transaction.ts';
import { takeInPush } from '../ingest/take-in-push.ts';
import { type PageRequest, readPage } from './read-page.ts';

let central: TestCentral;
beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
});
afterAll(() => central.close());

async function pull(device: TestDevice, checkpoint: PageRequest['checkpoint'] = null, limit = 1000): Promise<FeedPage> {
	const request = { stream: 'site', checkpoint, limit } as const;
	const time = { serverTime: '2026-11-22T18:00:00Z' };
	return JSON.parse(await readPage(central.database.db, device, request, time)) as FeedPage;
}

const push = (device: TestDevice, ...operations: readonly ReturnType<TestDevice['write']>[]) =>
	takeInPush(
		central.ingest,
		device,
		operations.map((operation) => ({ ...operation })),
	);

function publish(fill: (documents: DocumentWriter) => void): Promise<unknown> {
	return inTransaction(central.database.db, async (transaction) => {
		const documents = new DocumentWriter();
		fill(documents);
		await documents.publish(transaction);
	});
}

test("each page names the last of the device's own operations that it holds, page by page", async () => {
	const device = await addDevice(central, 'S-1');
	const other = await addDevice(central, 'S-1');
	const { order, fulfillmentOrder } = sampleOrder([{ sku: 'PAGES', quantity: 3 }]);
	await addOrder(central, { order, fulfillmentOrder });
	const pick = {
		type: 'pick',
		payload: {
			fulfillmentOrderId: fulfillmentOrder.id,
			orderId: order.id,
			lineId: 'line-1',
			sku: 'PAGES',
			quantity: 1,
		},
	};
	const start = await pull(device);
	expect(start).toMatchObject({ ownSeq: 0, release });
	await push(device, device.write(pick));
	const first = await pull(device);
	expect(first.ownSeq).toBe(1);
	await push(other, other.write(pick));
	await push(device, device.write(pick));
	expect((await pull(device)).ownSeq).toBe(2);
	expect((await pull(other)).ownSeq).toBe(1);
	const until = async (limit: number) => {
		const seen: (readonly [number, number | undefined])[] = [];
		for (let at = { epoch: start.epoch, position: start.position }; ; ) {
			const page = await pull(device, at, limit);
			seen.push([page.position, page.ownSeq]);
			if (page.position >= page.head) return seen;
			at = { epoch: page.epoch, position: page.position };
		}
	};
	for (const [position, ownSeq] of await until(1)) {
		const outcomes = await central.database.db
			.selectFrom('operation')
			.select(({ fn }) => fn.max('seq').as('last'))
			.where('lane_id', '=', device.laneId)
			.where('position', '<=', position)
			.executeTakeFirstOrThrow();
		expect(ownSeq).toBe(outcomes.last ?? 0);
	}
});

test('an operation that changes no document is in the next page too, though the stream stands where it stood', async () => {
	const device = await addDevice(central, 'S-1');
	const before = await pull(device);
	const refused = { type: 'cancel', payload: { fulfillmentOrderId: 'F-no', orderId: 'O-no', reason: 'wrong' } };
	await push(device, device.write(refused), device.write(refused));
	const page = await pull(device, { epoch: before.epoch, position: before.position });
	expect(page.ownSeq).toBe(2);
});

test('operations that an older lane of the device had brought count where they stand in the new lane', async () => {
	const [old, device] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const operations = [1, 2].map(() => old.write({ type: 'teleport', payload: {} }));
	await push(old, ...operations);
	const { db } = central.database;
	for (const [index, { opId, hash }] of operations.entries()) {
		const seq = index + 1;
		const row = { lane_id: device.laneId, seq, op_id: opId, hash, body: '{}', received_at: '2026-11-22T18:00:00Z' };
		await db.insertInto('repeated_operation').values(row).execute();
	}
	await db.updateTable('lane').set({ last_seq: 2 }).where('id', '=', device.laneId).execute();
	const page = await pull(device);
	expect(page.ownSeq).toBe(2);
	const { position } = await db
		.selectFrom('operation')
		.select('position')
		.where('op_id', '=', operations[1]?.opId ?? '')
		.executeTakeFirstOrThrow();
	const before = { epoch: page.epoch, position: position - 2 };
	expect(await pull(device, before, 1)).toMatchObject({ position: position - 1, ownSeq: 1 });
});

test('the shared stream names no operation', async () => {
	const device = await addDevice(central, 'S-1');
	const request = { stream: 'shared', checkpoint: null, limit: 10 } as const;
	const page = JSON.parse(await readPage(central.database.db, device, request, { serverTime: '' })) as FeedPage;
	expect(page.ownSeq).toBeUndefined();
});

test('a demonstration’s clock says how far it is behind; the true time says nothing', () => {
	const behind = clockStartingAt(realClock.now().subtract({ hours: 48 }));
	expect(Math.round((behind.shiftMs ?? 0) / 3_600_000)).toBe(48);
	expect(realClock.shiftMs).toBeUndefined();
});

test('after a new epoch every device starts anew, and positions go on from where the backup stood', async () => {
	const device = await addDevice(central, 'S-1');
	const before = await pull(device);
	const epoch = await beginEpoch(central.database.db);
	const checkpoint = { epoch: before.epoch, position: before.position };
	expect(await pull(device, checkpoint)).toMatchObject({ resync: true, epoch, position: 0, documents: [], ownSeq: 0 });
	const anew = await pull(device);
	expect(anew).toMatchObject({ resync: false, epoch, position: before.position });
	await publish((documents) => documents.put(siteStream('S-1'), 'orders', 'O-new', { id: 'O-new' }));
	expect((await pull(device, { epoch, position: anew.position })).documents.map(({ id }) => id)).toEqual(['O-new']);
	const streams = await central.database.db.selectFrom('stream').select('epoch').execute();
	expect(new Set(streams.map((stream) => stream.epoch))).toEqual(new Set([epoch]));
});
