import { expect, test } from 'vitest';
import { sampleTransfer } from '../../../shared/domain/sample-supply.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { boxLabel, boxLabelFileName } from './box-label.ts';
import { makePdf } from './make-pdf.ts';

const site = { name: 'Leeds', retailer: 'Markt', timeZone: 'Europe/London', country: 'GB' } as Site;

test('each box has a page of its own that says where it goes, what is in it and which box it is', async () => {
	const boxes = [
		{ sscc: '395011015300000011', lines: [{ sku: 'MUG', quantity: 3, lot: 'L-7' }] },
		{ sscc: '395011015300000028', lines: [{ sku: 'MUG', quantity: 2 }] },
	];
	const label = boxLabel({ transfer: sampleTransfer(), boxes, site, packedAt: '2026-11-22T10:00:00Z', language: 'de' });
	const written = JSON.stringify(label.content);
	for (const text of ['Umlagerung T-7', 'York', 'Leeds', '3 × Mug', 'L-7', '(00) 395011015300000011'])
		expect(written).toContain(text);
	const pdf = await makePdf(label);
	expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-');
	expect(new TextDecoder('latin1').decode(pdf).match(/\/Type \/Page\b/g)).toHaveLength(2);
	expect(boxLabelFileName(sampleTransfer())).toBe('boxes-T-7.pdf');
});
