import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedgerShop } from '../../test/ledger-for-tests.ts';

let shop: Awaited<ReturnType<typeof openLedgerShop>>;

beforeAll(async () => {
	shop = await openLedgerShop();
});
afterAll(() => shop.drop());

const run = (statement: string) => sql.raw(statement).execute(shop.db);

it('a ledger with lots, serial numbers, bins and transfers has no fault', async () => {
	const { figures, news } = await shop.verify();
	expect(news).toEqual([]);
	expect(figures).toMatchObject({ positions: 6, serials: 2, faults: 0, notes: 0 });
});

describe('a fault that somebody plants is found and told:', () => {
	const noSerialIndex = 'DROP INDEX stock_detail_of_serial';
	it.each<[string, string, string, RegExp]>([
		[
			'a position that was set',
			"UPDATE stock_position SET available = available + 1 WHERE site_id = 'london' AND sku = 'A'",
			"UPDATE stock_position SET available = available - 1 WHERE site_id = 'london' AND sku = 'A'",
			/^The stock of A at london is not what its movements add up to$/,
		],
		[
			'units that never came where they were sent',
			"UPDATE outside_position SET other_site = other_site + 1 WHERE site_id = 'leeds' AND sku = 'B'",
			"UPDATE outside_position SET other_site = other_site - 1 WHERE site_id = 'leeds' AND sku = 'B'",
			/^1 units of B were sent to other sites and come in at none$/,
		],
		[
			'a lot with other units',
			"UPDATE stock_detail SET units = units + 2 WHERE lot = 'L1' AND place = 'picked'",
			"UPDATE stock_detail SET units = units - 2 WHERE lot = 'L1' AND place = 'picked'",
			/^Of LOT at leeds, picked, lot L1, there are 10 units, and its movements make it 8 until 2027-01-01$/,
		],
		[
			'a lot with another date',
			"UPDATE stock_detail SET expires_on = '2029-01-01' WHERE lot = 'L1'",
			"UPDATE stock_detail SET expires_on = '2027-01-01' WHERE lot = 'L1'",
			/^Of LOT at leeds, picked, lot L1, there are another expiry date, and/,
		],
		[
			'a lot that is in no detail',
			"UPDATE stock_detail SET lot = 'L3' WHERE lot = 'L2' AND place = 'shelf'",
			"UPDATE stock_detail SET lot = 'L2' WHERE lot = 'L3' AND place = 'shelf'",
			/^Of LOT at leeds, shelf, lot L2, there are 0 units, and its movements make it 2$/,
		],
		[
			'goods in another bin',
			"UPDATE stock_detail SET bin = 'Z-9-8' WHERE sku = 'A'",
			"UPDATE stock_detail SET bin = 'Z-9-9' WHERE sku = 'A'",
			/^Of A at leeds, shelf, bin Z-9-8, there are 3 units, and its movements make it 0$/,
		],
		[
			'a serial number in two places',
			`${noSerialIndex}; INSERT INTO stock_detail (site_id, sku, place, bin, lot, serial, units)
				VALUES ('london', 'SERIAL', 'shelf', '', '', 's1', 1)`,
			"DELETE FROM stock_detail WHERE site_id = 'london' AND sku = 'SERIAL'",
			/^The serial number s1 of SERIAL is in more than one place$/,
		],
		[
			'a position that tells of other bins',
			"UPDATE stock_position SET bins = '[]' WHERE sku = 'A' AND site_id = 'leeds'",
			`UPDATE stock_position SET bins = '[{"bin": "Z-9-9", "units": 3}]' WHERE sku = 'A' AND site_id = 'leeds'`,
			/^The bins of A at leeds are not what is known of its shelf$/,
		],
		[
			'devices that see something else',
			"UPDATE stream_document SET body = jsonb_set(body, '{units,available}', '99') WHERE document_id = 'london:A'",
			"UPDATE stream_document SET body = jsonb_set(body, '{units,available}', '4') WHERE document_id = 'london:A'",
			/^Devices see another stock of A at london than the ledger has$/,
		],
	])('%s', async (_, plant, undo, words) => {
		await run(plant);
		const { news, figures } = await shop.verify();
		await run(undo);
		expect(news.map(({ what }) => what)).toContainEqual(expect.stringMatching(words));
		expect(figures.faults).toBeGreaterThan(0);
	});

	it('a movement that was taken out of the history', async () => {
		await run('CREATE TABLE kept_aside AS SELECT * FROM movement WHERE identity IS NOT NULL');
		await run('DELETE FROM movement WHERE identity IS NOT NULL');
		const { news } = await shop.verify();
		await run('INSERT INTO movement OVERRIDING SYSTEM VALUE SELECT * FROM kept_aside');
		expect(news.map(({ what }) => what)).toContain('The stock of LOT at leeds is not what its movements add up to');
		expect(news.some(({ what }) => /SERIAL at leeds, shelf, serial number s1, there are 1 units/.test(what))).toBe(
			true,
		);
		expect((await shop.verify()).news).toEqual([]);
	});
});

it('claims beyond what is available are told, and are no fault; those that have expired count no more', async () => {
	const claim = (id: string, units: number, until: string) =>
		run(`INSERT INTO stock_claim (site_id, sku, kind, holder_id, units, expires_at)
			VALUES ('london', 'A', 'reservation', '${id}', ${units}, '${until}')`);
	await claim('r1', 4, '2026-11-20T13:00:00Z');
	await claim('r2', 3, '2026-11-20T11:00:00Z');
	expect((await shop.verify()).news).toEqual([]);
	await claim('r3', 1, '2026-11-20T13:00:00Z');
	const { news, figures } = await shop.verify();
	expect(news).toEqual([{ kind: 'note', what: '5 units of A at london are claimed, and 4 are available' }]);
	expect(figures.faults).toBe(0);
	await run('DELETE FROM stock_claim');
});

it('the command prints the sentences and a line of figures, and its exit code tells of faults', async () => {
	const command = join(import.meta.dirname, 'verify-ledger-command.ts');
	const runCommand = () =>
		promisify(execFile)(process.execPath, [command], { env: { ...process.env, DATABASE_URL: shop.url } }).then(
			({ stdout }) => ({ stdout, code: 0 }),
			({ stdout, code }: { stdout: string; code: number }) => ({ stdout, code }),
		);
	const good = await runCommand();
	expect(good.code).toBe(0);
	expect(good.stdout).toMatch(
		/^6 positions, \d+ movements, \d+ details, 2 serial numbers, 0 claims, 0 notes, 0 faults \(/m,
	);
	await run("UPDATE stock_detail SET units = 7 WHERE sku = 'A'");
	const bad = await runCommand();
	expect(bad.code).toBe(1);
	expect(bad.stdout).toContain('Of A at leeds, shelf, bin Z-9-9, there are 7 units, and its movements make it 3.');
});
