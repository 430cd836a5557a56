import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { readScanCode, readSscc } from '../../../shared/codes/index.ts';
import type { Package } from '../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { exampleFulfillmentOrder, mugLine, teaLine } from '../fulfillment/example-fulfillment-order.ts';
import { qrPicture, ssccPicture } from './code-picture.ts';
import { makePdf } from './make-pdf.ts';
import { type PackingSlip, packingSlip, packingSlipFileName } from './packing-slip.ts';
import { pickupReceipt, pickupReceiptFileName } from './pickup-receipt.ts';

const site: Site = {
	id: 'S-1',
	name: 'Kaufhaus am Markt',
	kind: 'store',
	retailer: 'Markt & Söhne',
	town: 'Köln',
	postalCode: '50667',
	country: 'GB',
	lat: 50.9,
	lon: 6.9,
	timeZone: 'Europe/Berlin',
	openingHours: [],
	capabilities: ['ship'],
	dailyCapacityUnits: 100,
	stagingLocations: [],
};
const first: Package = {
	id: 'p-1',
	lines: [{ lineId: 'l2', sku: 'TEA', quantity: 1 }],
	weightGrams: 400,
	trackingNumber: 'JJD1',
	shippedAt: '2026-11-22T14:00:00Z',
};
const second: Package = {
	id: 'p-2',
	lines: [{ lineId: 'l1', sku: 'MUG', quantity: 1 }],
	weightGrams: 1350,
	trackingNumber: null,
	shippedAt: null,
};
const fulfillmentOrder = exampleFulfillmentOrder({
	state: 'packed',
	lines: [
		{ ...mugLine, quantities: { ...mugLine.quantities, toPick: 0, packed: 1, short: 1 } },
		{ ...teaLine, quantities: { ...teaLine.quantities, toPick: 0, shipped: 1 } },
	],
	packages: [first, second],
});
const slip: PackingSlip = {
	fulfillmentOrder,
	package: second,
	site,
	packedAt: '2026-11-22T23:30:00Z',
	language: 'en',
};

/** Every text of the definition, in reading order. */
function texts(content: unknown): readonly string[] {
	if (typeof content === 'string') return [content];
	if (Array.isArray(content)) return content.flatMap(texts);
	if (content === null || typeof content !== 'object') return [];
	const { text, stack, columns, table, content: inner } = content as Record<string, unknown>;
	const body = table === undefined ? [] : texts((table as { body: unknown }).body);
	return [...texts(text), ...texts(stack), ...texts(columns), ...body, ...texts(inner)];
}

function svgOf(content: unknown): string {
	const found = JSON.stringify(content).match(/"svg":("(?:[^"\\]|\\.)*")/);
	if (found?.[1] === undefined) throw new Error('There is no picture');
	return JSON.parse(found[1]);
}

/** Paints the bars and shapes of one of our pictures, as a printer would, in black on white. */
function painted(svg: string): ImageData {
	const [width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.slice(1) ?? []).map(Number);
	const margin = 40;
	const picture = { width: width + 2 * margin, height: height + 2 * margin, data: new Uint8ClampedArray(0) };
	picture.data = new Uint8ClampedArray(picture.width * picture.height * 4).fill(255);
	const paint = (x: number, y: number) =>
		picture.data.fill(
			0,
			((y + margin) * picture.width + x + margin) * 4,
			((y + margin) * picture.width + x + margin) * 4 + 3,
		);
	for (const [, stroke, path] of svg.matchAll(/<path (?:stroke="#000000" stroke-width="(\d+)" )?d="([^"]+)"/g)) {
		const shapes = (path ?? '')
			.split('M')
			.slice(1)
			.map((shape) => [...shape.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const));
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const isInBar = (shape: (typeof shapes)[number]) =>
					Math.abs(x + 0.5 - (shape[0]?.[0] ?? 0)) < Number(stroke) / 2;
				const crossings = (shape: (typeof shapes)[number]) =>
					shape.filter(([x0, y0], index) => {
						const [x1, y1] = shape[(index + 1) % shape.length] ?? [x0, y0];
						return x0 === x1 && x0 > x && Math.min(y0, y1) <= y && y < Math.max(y0, y1);
					}).length;
				const isDark =
					stroke === undefined
						? shapes.reduce((sum, shape) => sum + crossings(shape), 0) % 2 === 1
						: shapes.some(isInBar);
				if (isDark) paint(x, y);
			}
		}
	}
	return picture as unknown as ImageData;
}

async function decoded(svg: string): Promise<readonly string[]> {
	const results = await readBarcodes(painted(svg), { tryHarder: true });
	return results.filter((result) => result.isValid).map((result) => result.text);
}

beforeAll(async () => {
	const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
	await prepareZXingModule({
		overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer },
		fireImmediately: true,
	});
});

it('the label of a box carries its SSCC as a scanner reads it', async () => {
	const [text = ''] = await decoded(ssccPicture('395011015300000011'));
	expect(readSscc(text)).toBe('395011015300000011');
});

describe('the packing slip', () => {
	it('carries a barcode that a scanner reads as the order', async () => {
		const [text = ''] = await decoded(svgOf(packingSlip(slip)));
		expect(readScanCode(text)).toEqual({ kind: 'order', number: '1042' });
	});

	it('says who sends what to whom, and what of the order is not in the box', () => {
		const all = texts(packingSlip(slip)).join('\n');
		for (const words of [
			'Packing slip',
			'Order 1042',
			'Package 2',
			'Rachel Clark',
			'6 Albert Street',
			'NR32 Oulton Broad',
			'United Kingdom',
			'Kaufhaus am Markt',
			'Blue enamel mug 300 ml',
			'MUG · 5012345678900',
			'Not available: 1',
			'In another package or to follow: 1',
			'£12.50',
			'1.35 kg',
		]) {
			expect(all).toContain(words);
		}
	});

	it('counts only what is in this package', () => {
		const table = packingSlip(slip).content as readonly Content[];
		const rows = (table.find((each) => typeof each === 'object' && 'table' in each) as { table: { body: unknown[] } })
			.table.body;
		expect(rows.map((row) => texts(row).slice(-4))).toMatchObject([
			['Ordered', 'In this package', 'Each', 'Amount'],
			['2', '1', '£12.50', '£12.50'],
			['1', '0', '£12.50', '£0.00'],
			['', '1', '', '£12.50'],
		]);
	});

	it('is dated by the site’s own clock', () => {
		expect(texts(packingSlip(slip)).join('\n')).toContain('23 November 2026 at 00:30');
	});

	it('speaks the language of the person', () => {
		const german = texts(packingSlip({ ...slip, language: 'de' })).join('\n');
		expect(german).toContain('Lieferschein');
		expect(german).toContain('1,35 kg');
		expect(german).not.toContain('{{');
		expect(texts(packingSlip({ ...slip, language: 'es' })).join('\n')).toContain('Albarán de entrega');
	});

	it('writes numbers and days as the site’s country does', () => {
		const american = { ...site, country: 'US', timeZone: 'America/New_York' };
		expect(texts(packingSlip({ ...slip, site: american })).join('\n')).toContain('November 22, 2026 at 6:30');
	});

	it('prints on the paper of its country', () => {
		expect(packingSlip(slip).pageSize).toBe('A4');
		expect(packingSlip({ ...slip, site: { ...site, country: 'US' } }).pageSize).toBe('LETTER');
	});

	it('becomes a PDF of one page, with its fonts inside, without the network', async () => {
		const bytes = await makePdf({ ...packingSlip(slip), compress: false });
		const text = new TextDecoder('latin1').decode(bytes);
		expect(text.startsWith('%PDF-')).toBe(true);
		expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
		expect(text).toMatch(/\/FontFile2/);
		expect(text).toContain('/Producer');
	});

	it('flows onto further pages when the order is long', async () => {
		const lines = Array.from({ length: 60 }, (_, index) => ({
			...mugLine,
			lineId: `l${index}`,
			name: `Item ${index}`,
		}));
		const long: TDocumentDefinitions = packingSlip({ ...slip, fulfillmentOrder: { ...fulfillmentOrder, lines } });
		const text = new TextDecoder('latin1').decode(await makePdf({ ...long, compress: false }));
		expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
	});

	it('has a file name that any system takes', () => {
		expect(packingSlipFileName({ ...fulfillmentOrder, number: 'A/1042 1' }, 'p-2')).toBe('packing-slip-A-1042-1-2.pdf');
	});
});

describe('the pickup receipt', () => {
	const receipt = pickupReceipt({
		fulfillmentOrder,
		lines: [{ lineId: 'l2', quantity: 1 }],
		collectedBy: 'Sam Clark',
		site,
		collectedAt: '2026-11-22T14:00:00Z',
		language: 'en',
	});

	it('says what was handed over, and to whom', () => {
		const all = texts(receipt).join('\n');
		expect(all).toContain('Sam Clark');
		expect(all).toContain('Earl Grey, 80 bags');
		expect(all).not.toContain('Blue enamel mug');
	});

	it('has a file name that any system takes', () => {
		expect(pickupReceiptFileName({ ...fulfillmentOrder, number: 'A/1042 1' })).toBe('pickup-receipt-A-1042-1.pdf');
	});

	it('carries the order’s barcode, for a return', async () => {
		expect(await decoded(svgOf(receipt))).toEqual(['ORD-1042']);
	});
});

it('a pass’s QR code is read back as it was written', async () => {
	expect(await decoded(qrPicture('PASS-AB12CD'))).toEqual(['PASS-AB12CD']);
});
