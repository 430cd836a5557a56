import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { parseGtin } from '../../shared/codes/index.ts';
import { identityFault } from '../../shared/domain/unit-identity.ts';
import { OrderCapture } from '../../shared/schema/order.ts';
import { purchaseFault } from '../central/purchasing/check-purchase-order.ts';
import {
	readDemoKnownUnits,
	readDemoOutcodes,
	readDemoPeople,
	readDemoProducts,
	readDemoPurchaseOrders,
	readDemoSites,
	readDemoStock,
} from './demo-files.ts';
import { layTime, readDemoOrders } from './demo-orders.ts';

const sites = readDemoSites();
const products = readDemoProducts();
const siteIds = new Set(sites.map((site) => site.id));
const skus = new Set(products.map((product) => product.id));
const day = Temporal.PlainDate.from('2026-11-22');
const orders = readDemoOrders(day, { sites, outcodes: readDemoOutcodes() });

describe('the demo data', () => {
	it('has 24 sites and three suppliers; each site has hours on seven days, four people and three enrollment codes', () => {
		const { associates, enrollmentCodes } = readDemoPeople();
		expect(siteIds.size).toBe(27);
		const suppliers = sites.filter(({ kind }) => kind === 'supplier');
		expect(suppliers.map(({ capabilities }) => capabilities)).toEqual([['supply'], ['supply'], ['supply']]);
		for (const site of sites.filter(({ kind }) => kind !== 'supplier')) {
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

	it('knows the lots and serial numbers of all tracked stock, each serial number once, and of no position more than it has', () => {
		const units = readDemoKnownUnits();
		const held = new Map(readDemoStock().map(({ siteId, sku, quantity }) => [`${siteId} ${sku}`, quantity]));
		const trackingOf = new Map(products.map(({ id, tracking }) => [id, tracking]));
		const serials = units.flatMap(({ sku, serials: own = [] }) => own.map((serial) => `${sku} ${serial}`));
		expect(new Set(serials).size).toBe(serials.length);
		expect(units.some(({ bin }) => bin !== undefined)).toBe(true);
		for (const [key, own] of Map.groupBy(units, ({ siteId, sku }) => `${siteId} ${sku}`)) {
			const known = own.reduce((sum, { quantity }) => sum + quantity, 0);
			const tracking = trackingOf.get(own[0]?.sku ?? '');
			if (tracking === 'none') expect(known).toBeLessThanOrEqual(held.get(key) ?? 0);
			else expect(known).toBe(held.get(key));
			for (const each of own) {
				const fault = identityFault(tracking ?? 'none', each.quantity, each, '2026-11-22');
				expect(fault).toBeNull();
			}
		}
		expect(new Set(products.map(({ tracking }) => tracking)).size).toBe(3);
	});

	it('has purchase orders for every site, overdue, due today with announced units, and later', () => {
		const orders = readDemoPurchaseOrders(day);
		const catalog = {
			products: new Map(products.map((product) => [product.id, product])),
			sites: new Map(sites.map((site) => [site.id, site])),
		};
		for (const order of orders) expect(purchaseFault(order, catalog)).toBeUndefined();
		for (const site of sites.filter(({ kind }) => kind !== 'supplier')) {
			const own = orders.filter(({ siteId }) => siteId === site.id);
			expect(own.map(({ expectedOn }) => expectedOn)).toEqual(['2026-11-21', '2026-11-22', '2026-11-24']);
			expect(own.map(({ announced }) => announced?.length ?? 0)).toEqual([0, 2, 0]);
		}
		const ssccs = orders.flatMap(({ announced = [] }) => announced.map(({ sscc }) => sscc));
		expect(new Set(ssccs).size).toBe(ssccs.length);
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
