import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillShop, openShop, shopSupplier } from '../../test/shop-for-tests.ts';
import { claimDataFolder } from '../database/data-folder-claim.ts';
import { DocumentWriter } from '../database/documents.ts';
import { openDatabaseServer } from '../database/embedded-postgres.ts';
import { openDatabase } from '../database/open-database.ts';
import { keepSites } from './opening-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'backstock-intake-'));
chmodSync(folder, 0o755);
let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 10, 'leeds B': 10 });
});
afterAll(async () => {
	await shop.drop();
	rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly exitCode: number | null; readonly output: string };

function intake(args: readonly string[], environment: Record<string, string>): Promise<Ended> {
	return new Promise((done) => {
		const command = join(import.meta.dirname, 'intake-command.ts');
		const { DATABASE_URL: _own, BACKSTOCK_DATA: _folder, ...rest } = process.env;
		const child = spawn(process.execPath, [command, ...args], { env: { ...rest, ...environment } });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (bytes) => {
				output += String(bytes);
			});
		}
		child.on('close', (exitCode) => done({ exitCode, output }));
	});
}

const load = (path: string) => intake([path], { DATABASE_URL: shop.url });

const header =
	'channel,externalId,placedAt,method,siteId,promisedAt,customerName,addressLine1,town,postalCode,country,sku,quantity,currency';
const row = (
	externalId: string,
	sku: string,
	quantity: string | number,
	method = 'ship',
	siteId = '',
	currency = 'GBP',
) =>
	`marketplace,${externalId},2026-11-20T10:00:00Z,${method},${siteId},,Anna Bell,1 Mill Lane,York,YO1 7HH,GB,${sku},${quantity},${currency}`;

function file(name: string, ...lines: string[]): string {
	const path = join(folder, name);
	writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
	return path;
}

async function orderCount(): Promise<number> {
	return (await shop.db.selectFrom('customer_order').select('id').execute()).length;
}

describe('a file of orders', () => {
	it('is loaded once: the second time nothing changes, and it says so', async () => {
		const path = file('good.csv', row('g1', 'A', 1), row('g1', 'B', 2), row('g2', 'A', 1));
		const before = await orderCount();
		const first = await load(path);
		expect(first.output).toContain('2 new orders loaded, 0 orders were there already.');
		expect(first.exitCode).toBe(0);
		const positions = await shop.db.selectFrom('stock_position').selectAll().orderBy('sku').execute();
		const second = await load(path);
		expect(second.output).toContain('Nothing changed: 2 orders of this file are there already.');
		expect(second.exitCode).toBe(0);
		expect(await orderCount()).toBe(before + 2);
		expect(await shop.db.selectFrom('stock_position').selectAll().orderBy('sku').execute()).toEqual(positions);
	});

	it('may be one of purchase orders: the good ones are loaded once, the bad ones are told', async () => {
		await keepSites(shop.db, [shopSupplier], new DocumentWriter());
		const path = join(folder, 'purchase-orders.csv');
		const rows = [
			'hull,PO-1,leeds,2026-11-24,A,12',
			'hull,PO-2,leeds,2026-11-24,X,1',
			'hull,PO-3,leeds,2026-11-24,A,no',
		];
		writeFileSync(path, `supplierId,number,siteId,expectedOn,sku,quantity\n${rows.join('\n')}\n`);
		const first = await load(path);
		expect(first.output).toContain('1 new purchase order loaded');
		expect(first.output).toContain('purchase-orders.csv, line 3, column sku: There is no product "X".');
		expect(first.output).toContain('line 4, column quantity: is not a whole number ("no")');
		expect(first.exitCode).toBe(2);
		expect((await load(path)).output).toContain('Nothing changed: 1 purchase order of this file');
	});

	it('with bad rows loads the good ones, and tells each bad one by line, column and reason', async () => {
		const path = file(
			'mixed.csv',
			row('m1', 'A', 1),
			row('m2', 'A', 'many'),
			row('m3', 'unknown', 1),
			row('m4', 'A', 1, 'pickup', 'daventry'),
			row('m5', 'A', 1, 'ship', '', 'EUR'),
			row('m6', 'B', 1, 'pickup', 'leeds'),
		);
		const before = await orderCount();
		const { exitCode, output } = await load(path);
		expect(output.split('\n')).toEqual([
			'mixed.csv, line 3, column quantity: is not a whole number ("many")',
			'mixed.csv, line 4, column sku: is not in the catalog ("unknown")',
			'mixed.csv, line 5, column siteId: Nothing can be picked up at The shop in daventry (daventry). ("daventry")',
			'mixed.csv, line 6, column currency: The order is in EUR, but "A" is sold in GBP. ("EUR")',
			'2 new orders loaded, 0 orders were there already.',
			'4 problems: the orders they belong to were left out.',
			'',
		]);
		expect(exitCode).toBe(2);
		expect(await orderCount()).toBe(before + 2);
	});

	it('that changes an order which was loaded before leaves it as it was, and says so', async () => {
		await load(file('before.csv', row('c1', 'A', 1)));
		const { exitCode, output } = await load(file('after.csv', row('c1', 'A', 2)));
		expect(output).toMatch(/after\.csv, line 2, column externalId: .*with other content.* \("c1"\)/);
		expect(exitCode).toBe(2);
	});
});

describe('what is no file of orders', () => {
	it.each([
		['nothing at all', [], 'Usage: npm run intake -- orders.csv'],
		['a missing file', ['missing.csv'], 'There is no file'],
		['a folder', [folder], 'is a folder, not a file'],
	])('%s is told in words', async (_what, args, words) => {
		const ended = await intake(args, { DATABASE_URL: shop.url });
		expect(ended.output).toContain(words);
		expect(ended.exitCode).toBe(1);
	});

	it.each([
		['an empty file', '', 'is empty'],
		['a spreadsheet', 'PK\u0003\u0004\0\0', 'is not a text file'],
		['another header', 'name;price\nA;1\n', 'separated by semicolons'],
		['only spaces', '  \n \n', 'the file is empty'],
	])('%s is told in words', async (_what, content, words) => {
		const path = join(folder, 'strange.csv');
		writeFileSync(path, content);
		const ended = await load(path);
		expect(ended.output).toContain(words);
		expect(ended.exitCode).toBe(1);
	});
});

describe('the database', () => {
	it('that does not answer is told in words', async () => {
		const nobody = 'postgres://nobody:secret@127.0.0.1:1/nowhere';
		const ended = await intake([file('any.csv', row('x', 'A', 1))], { DATABASE_URL: nobody });
		expect(ended.output).toContain('nothing answers there');
		expect(ended.output).not.toContain('secret');
		expect(ended.exitCode).toBe(1);
	});

	it('that was never made is not made by a file of orders', async () => {
		const ended = await intake([file('any.csv', row('x', 'A', 1))], { BACKSTOCK_DATA: join(folder, 'nowhere') });
		expect(ended.output).toContain('Start Backstock once');
		expect(ended.exitCode).toBe(1);
	});

	it('of a Backstock that runs is joined, and goes on running', async () => {
		const dataFolder = join(folder, 'running');
		const claim = await claimDataFolder(dataFolder);
		const server = await openDatabaseServer({ dataFolder, durable: false });
		const database = openDatabase(server.url);
		try {
			await fillShop(database, { 'leeds A': 3 });
			const path = file('running.csv', row('r1', 'A', 1));
			const ended = await intake([path], { BACKSTOCK_DATA: dataFolder });
			expect(ended).toMatchObject({ exitCode: 0, output: expect.stringContaining('1 new order loaded') });
			const orders = await database.db.selectFrom('customer_order').select('external_id').execute();
			expect(orders).toEqual([{ external_id: 'r1' }]);
		} finally {
			await database.close();
			await server.stop();
			if (claim.claimed) await claim.release();
		}
	});

	it('of a Backstock that is stopped is started, loaded and stopped again', async () => {
		const dataFolder = join(folder, 'stopped');
		const server = await openDatabaseServer({ dataFolder, durable: false });
		const database = openDatabase(server.url);
		await fillShop(database, { 'leeds A': 3 });
		await database.close();
		await server.stop();
		const path = file('stopped.csv', row('s1', 'A', 1));
		expect((await intake([path], { BACKSTOCK_DATA: dataFolder })).output).toContain('1 new order loaded');
		const again = await intake([path], { BACKSTOCK_DATA: dataFolder });
		expect(again).toMatchObject({ exitCode: 0, output: expect.stringContaining('Nothing changed') });
		const left = openDatabase(server.url);
		await expect(left.db.selectFrom('site').select('id').execute()).rejects.toThrow();
		await left.close();
	});
});
