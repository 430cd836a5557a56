import { describe, expect, it } from 'vitest';
import type { OrderCapture } from '../../../shared/schema/order.ts';
import type { Product } from '../../../shared/schema/product.ts';
import { readDemoSites } from '../../intake/demo-files.ts';
import { captureFault, catalogFault, isSameCapture } from './check-capture.ts';

const capture: OrderCapture = {
	channel: 'web-shop',
	externalId: '1',
	placedAt: '2026-11-22T09:00:00Z',
	method: 'ship',
	currency: 'GBP',
	customer: { name: 'Anna Bell' },
	shipTo: { line1: '1 Mill Lane', town: 'Leeds', postalCode: 'LS1', country: 'GB' },
	lines: [{ sku: 'A', quantity: 1 }],
};
const product: Product = {
	id: 'A',
	kind: 'product',
	gtin: '00041358500125',
	otherGtins: [],
	name: 'Apples',
	brand: '',
	department: 'Fruit',
	price: { minor: 295, currency: 'GBP' },
	weightGrams: 734,
	tracking: 'none',
};
const sites = readDemoSites();
const catalog = { products: new Map([['A', product]]), sites };

describe('a capture', () => {
	it('that nothing is wrong with passes', () => {
		expect(captureFault(capture)).toBeUndefined();
		expect(catalogFault(capture, catalog)).toBeUndefined();
	});

	it('with text that PostgreSQL cannot keep is told where it stands', () => {
		const nul = captureFault({ ...capture, customer: { name: 'An\0na' } });
		expect(nul).toMatchObject({ error: 'unreadable_text', where: '/customer/name' });
		const half = captureFault({ ...capture, lines: [{ sku: '\ud800', quantity: 1 }] });
		expect(half).toMatchObject({ error: 'unreadable_text', where: '/lines/0/sku' });
	});

	it('with a time that does not exist, or far from ours, or promised before it was placed is told so', () => {
		for (const placedAt of ['2026-02-31T09:00:00Z', '0000-01-01T00:00:00Z', '9999-01-01T00:00:00Z']) {
			expect(captureFault({ ...capture, placedAt })).toMatchObject({ error: 'no_such_instant', where: '/placedAt' });
		}
		const late = captureFault({ ...capture, promisedAt: '2026-11-22T08:59:00Z' });
		expect(late).toMatchObject({ error: 'promised_before_placed', where: '/promisedAt' });
	});

	it('with an unknown SKU or another currency is told which', () => {
		const lines = [...capture.lines, { sku: 'B', quantity: 1 }];
		expect(catalogFault({ ...capture, lines }, catalog)).toMatchObject({ error: 'unknown_sku', where: '/lines/1/sku' });
		expect(catalogFault({ ...capture, currency: 'EUR' }, catalog)).toMatchObject({ error: 'wrong_currency' });
	});

	it('for a site that does not exist, or where nothing is picked up, is told so', () => {
		const atSite = (siteId: string) => catalogFault({ ...capture, method: 'pickup', siteId }, catalog);
		const warehouse = sites.find((site) => !site.capabilities.includes('pickup'));
		expect(atSite('nowhere')).toMatchObject({ error: 'unknown_site', where: '/siteId' });
		expect(atSite(warehouse?.id ?? '')).toMatchObject({ error: 'no_pickup_here', where: '/siteId' });
		expect(atSite('S-1615')).toBeUndefined();
	});
});

it('the same content is recognized in any order of fields and any notation of an instant', () => {
	const { channel, ...rest } = capture;
	expect(isSameCapture(capture, { ...rest, channel, placedAt: '2026-11-22T10:00:00+01:00' })).toBe(true);
	expect(isSameCapture(capture, { ...capture, lines: [{ sku: 'A', quantity: 2 }] })).toBe(false);
	expect(isSameCapture(capture, { ...capture, customer: { name: 'Anna Bell', phone: '1' } })).toBe(false);
});
