import Fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDevice, openTestCentral, type TestCentral, type TestDevice } from '../../../test/central-for-tests.ts';
import { addStockedSite, captureAt, giveRight, rightOf } from '../../../test/rights-for-tests.ts';
import { addRightsRoutes } from '../../http/rights-routes.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { readFreeUnits } from '../promising/stock-claims.ts';
import { balanceSite } from './balance-rights.ts';
import { noteDemand } from './own-demand.ts';

let central: TestCentral;
let app: FastifyInstance;

beforeAll(async () => {
	central = await openTestCentral();
	app = Fastify();
	addRightsRoutes(app, { db: central.database.db, clock: central.ingest.clock });
});
afterAll(async () => {
	await app.close();
	await central.close();
});

async function writeOff(deviceId: string, payload: object = { reason: 'It fell into the river' }) {
	const url = `/devices/${encodeURIComponent(deviceId)}/write-off-rights`;
	const answer = await app.inject({ method: 'POST', url, payload });
	return { status: answer.statusCode, body: answer.json() };
}

async function unseen({ deviceId }: TestDevice): Promise<void> {
	const { db } = central.database;
	await db.updateTable('device').set({ last_seen_at: '2020-01-01T00:00:00Z' }).where('id', '=', deviceId).execute();
}

async function freeAt(siteId: string): Promise<number | undefined> {
	const free = await readFreeUnits(central.database.db, [{ siteId, sku: 'A' }], central.ingest.clock.now().toString());
	return free.get(`${siteId}:A`);
}

async function casesAt(siteId: string) {
	const { db } = central.database;
	const rows = await db.selectFrom('exception_case').select('body').where('site_id', '=', siteId).execute();
	return rows.map(({ body }) => body);
}

async function siteWithRights(units: number) {
	const siteId = await addStockedSite(central, { A: 5 });
	const [lost, other] = [await addDevice(central, siteId), await addDevice(central, siteId)];
	await giveRight(central, siteId, lost.deviceId, 'A', units);
	await giveRight(central, siteId, other.deviceId, 'A', 1);
	return { siteId, lost, other };
}

const units = (quantity: number) => [{ sku: 'A', quantity }];

test('the rights of a device that never comes back are free again, once, and the others keep theirs', async () => {
	const { siteId, lost, other } = await siteWithRights(3);
	await unseen(lost);
	const { deviceId } = lost;
	const [first, atOnce] = await Promise.all([writeOff(deviceId), writeOff(deviceId)]);
	expect([first.body.units, atOnce.body.units]).toContainEqual([{ siteId, sku: 'A', units: 3 }]);
	expect([first.body.units, atOnce.body.units]).toContainEqual([]);
	expect(await freeAt(siteId)).toBe(4);
	expect(await writeOff(deviceId)).toEqual({ status: 200, body: { deviceId, units: [] } });
	expect(await freeAt(siteId)).toBe(4);
	expect((await rightOf(central, siteId, 'A'))?.shares).toMatchObject([
		{ deviceId, granted: 3, used: 0, released: 3 },
		{ deviceId: other.deviceId, granted: 1, used: 0, released: 0 },
	]);
	const told = await central.database.db
		.selectFrom('domain_event')
		.select('body')
		.where('kind', '=', 'rights_written_off')
		.execute();
	expect(told).toMatchObject([{ body: { deviceId, reason: 'It fell into the river' } }]);
	const [opened, ...more] = await casesAt(siteId);
	expect(more).toEqual([]);
	expect(opened).toMatchObject({
		exceptionKind: 'rights_written_off',
		state: 'open',
		priority: 'high',
		deviceId,
		reason: 'It fell into the river',
		products: [{ sku: 'A', name: 'Product A', quantity: 3 }],
	});
	const seen = await central.database.db
		.selectFrom('stream_document')
		.select('body')
		.where('stream_id', '=', `site:${siteId}`)
		.where('document_id', '=', opened?.id ?? '')
		.execute();
	expect(seen).toEqual([{ body: opened }]);
});

test.each([
	['revoked', ({ deviceId }: TestDevice) => sql`UPDATE device SET revoked_at = now() WHERE id = ${deviceId}`],
	['frozen', ({ laneId }: TestDevice) => sql`UPDATE lane SET frozen_reason = 'history_differs' WHERE id = ${laneId}`],
] as const)(
	'a %s device gets no more, is asked for what it has, and can be written off at once',
	async (_how, breakOff) => {
		const { siteId, lost } = await siteWithRights(3);
		const { db, clock } = central.ingest;
		await noteDemand(db, [{ siteId, sku: 'A', at: clock.now().toString(), units: 4 }]);
		await breakOff(lost).execute(db);
		await balanceSite({ db, clock }, siteId);
		const share = (await rightOf(central, siteId, 'A'))?.shares.find(({ deviceId }) => deviceId === lost.deviceId);
		expect(share).toMatchObject({ granted: 3, recall: 3 });
		expect(await writeOff(lost.deviceId)).toMatchObject({
			status: 200,
			body: { units: [{ siteId, sku: 'A', units: 3 }] },
		});
		await balanceSite({ db, clock }, siteId);
		const after = (await rightOf(central, siteId, 'A'))?.shares.find(({ deviceId }) => deviceId === lost.deviceId);
		expect(after).toMatchObject({ granted: 3, released: 3, recall: 0 });
		expect(await casesAt(siteId)).toMatchObject([{ exceptionKind: 'rights_written_off', quantity: 3 }]);
	},
);

test('a promise that comes after all is kept, and told where free stock does not reach', async () => {
	const { siteId, lost, other } = await siteWithRights(3);
	await unseen(lost);
	await writeOff(lost.deviceId);
	const sendBy = async (device: TestDevice, count: number, rights: number) => {
		const capture = captureAt(siteId, units(count), rights === 0 ? [] : units(rights));
		const taken = await takeInOperation(central.ingest, device, device.write(capture));
		return taken.kind === 'outcome' ? taken.outcome : taken;
	};
	expect(await sendBy(other, 4, 0)).toMatchObject({ outcome: 'applied', exceptions: [] });
	expect(await sendBy(lost, 3, 3)).toMatchObject({ outcome: 'applied', exceptions: ['promised_more_than_held'] });
});

test('nothing is written off of a device that was heard of, that nobody knows, or without a reason', async () => {
	const { siteId, lost } = await siteWithRights(3);
	expect(await writeOff(lost.deviceId)).toMatchObject({ status: 409, body: { error: 'device_is_active' } });
	expect(await writeOff('nobody')).toMatchObject({ status: 404, body: { error: 'not_found' } });
	await unseen(lost);
	for (const payload of [{}, { reason: '' }, { reason: '  ' }, { reason: 'a\u0000b' }, { reason: 'x'.repeat(201) }]) {
		expect(await writeOff(lost.deviceId, payload)).toMatchObject({ status: 400 });
	}
	expect(await freeAt(siteId)).toBe(1);
});
