import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { parseGtin } from '../../shared/codes/index.ts';
import { OrderCapture } from '../../shared/schema/order.ts';
import { readDemoOutcodes, readDemoPeople, readDemoProducts, readDemoSites, readDemoStock } from './demo-files.ts';
import { layTime, readDemoOrders } from './demo-orders.ts';

const sites = readDemoSites();
const products = readDemoProducts();
const siteIds = new Set(sites.map((site) => site.id));
const skus = new Set(products.map((product) => product.id));
const day = Temporal.PlainDate.from('2026-11-22');
const orders = readDemoOrders(day, { sites, outcodes: readDemoOutcodes() });

describe('the demo data', () => {
	it('has 24 sites, each with hours on seven days, four people and three enrollment codes', () => {
		const { associates, enrollmentCodes } = readDemoPeople();
		expect(siteIds.size).toBe(24);
		for (const site of sites) {
			expect(site.openingHours.map(({ day: ofWeek }) => ofWeek)).toEqual([1, 2, 3, 4, 5, 6, 7]);
			expect(associates.filter((person) => person.siteId === site.id).length).toBe(4);
			expect(enrollmentCodes.filter((code) => code.siteId === site.id).length).toBe(3);
		}
		expect(new Set(enrollmentCodes.map(({ code }) => code)).size).toBe(enrollmentCodes.length);
		expect(new Set(associates.map(({ id }) => id)).size).toBe(associates.length);
	});

	it('has products with different SKUs and different, valid GTINs, and prices and weights above nothing', () => {
		expect(skus.size).toBe(products.length);
		expect(new Set(products.map(({ gtin }) => gtin)).size).toBe(products.length);
		for (const product of products) {
			expect(parseGtin(product.gtin)).toMatchObject({ gtin: product.gtin });
			expect(product.price.minor).toBeGreaterThan(0);
			expect(product.weightGrams).toBeGreaterThan(0);
		}
	});

	it('keeps each product of a site in a bin of its own', () => {
		const stock = readDemoStock();
		expect(stock.every((position) => siteIds.has(position.siteId) && skus.has(position.sku))).toBe(true);
		expect(new Set(stock.map(({ siteId, sku }) => `${siteId} ${sku}`)).size).toBe(stock.length);
		expect(new Set(stock.map(({ siteId, bin }) => `${siteId} ${bin}`)).size).toBe(stock.length);
	});

	it('has 4000 orders that the schema takes, for known products and sites, each with a place on the map', () => {
		expect(orders.length).toBe(4000);
		for (const order of orders) {
			expect(Value.Check(OrderCapture, order)).toBe(true);
			expect(order.shipTo.lat).toBeDefined();
			expect(order.siteId !== undefined).toBe(order.method === 'pickup');
			expect(order.siteId === undefined || siteIds.has(order.siteId)).toBe(true);
			expect(order.lines.every((line) => skus.has(line.sku))).toBe(true);
		}
	});

	it('places every order before the demo day and promises pickups while their store is open', () => {
		const midnight = day.toZonedDateTime('Europe/London').toInstant();
		const siteById = new Map(sites.map((site) => [site.id, site]));
		for (const order of orders) {
			expect(Temporal.Instant.compare(Temporal.Instant.from(order.placedAt ?? ''), midnight)).toBe(-1);
			const site = siteById.get(order.siteId ?? '');
			if (!site) continue;
			const promised = Temporal.Instant.from(order.promisedAt ?? '').toZonedDateTimeISO(site.timeZone);
			const hours = site.openingHours.find((entry) => entry.day === promised.dayOfWeek);
			const time = promised.toPlainTime().toString({ smallestUnit: 'minute' });
			expect(time >= (hours?.opens ?? '') && time < (hours?.closes ?? '')).toBe(true);
		}
	});
});

describe('the days of the demo', () => {
	it('keep the clock time across a change of the clocks', () => {
		const sunday = Temporal.PlainDate.from('2026-10-25');
		expect(layTime('-1T14:35', sunday)).toBe('2026-10-24T13:35:00Z');
		expect(layTime('0T14:35', sunday)).toBe('2026-10-25T14:35:00Z');
	});

	it('are not read from another form of time', () => {
		for (const text of ['2026-10-25T14:35:00Z', '0T25:00', '1T9:00', '']) expect(layTime(text, day)).toBeUndefined();
	});
});

describe('a damaged demo file', () => {
	it('is refused with its name and line', () => {
		const folder = mkdtempSync(join(tmpdir(), 'demo-files-'));
		try {
			writeFileSync(
				join(folder, 'stock.csv.gz'),
				gzipSync('siteId,sku,bin,quantity\nS-1,A,A-1-1,2\nS-1,B,A-1-2,many\n'),
			);
			expect(() => readDemoStock(folder)).toThrow(/stock\.csv\.gz, line 3: \/quantity/);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
