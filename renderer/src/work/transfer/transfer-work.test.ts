import { expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { sampleTransfer } from '../../../../shared/domain/sample-supply.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { Transfer } from '../../../../shared/schema/transfer.ts';
import { judgeTransferScan } from './judge-transfer-scan.ts';
import { stepOf, transferNumber, transferWork, unboxedUnits, unitsInHand } from './transfer-work.ts';

const mug: Product = {
	id: 'MUG',
	kind: 'product',
	gtin: '09501101530003',
	otherGtins: [],
	name: 'Mug',
	brand: 'B',
	department: 'D',
	price: { minor: 100, currency: 'GBP' },
	weightGrams: 100,
	tracking: 'none',
};
const judge = (text: string, transfer: Transfer, product: Product | null = mug) =>
	judgeTransferScan(transfer, { code: readScanCode(text), text, product });

test('each scan is a unit until all is picked; more is told', () => {
	const payload = { transferId: 'transfer-1', sku: 'MUG', quantity: 1, scannedCode: '9501101530003' };
	expect(judge('9501101530003', sampleTransfer())).toEqual({
		kind: 'picked',
		name: 'Mug',
		units: 1,
		moreOfLine: 4,
		moreOfTransfer: 4,
		payload,
	});
	expect(judge('9501101530003', sampleTransfer({}, { picked: 3, short: 2 }))).toEqual({ kind: 'enough', name: 'Mug' });
	expect(judge('(01)09501101530003(30)9', sampleTransfer())).toMatchObject({ kind: 'too_many', units: 9, needed: 5 });
	expect(judge('9501101530003', sampleTransfer(), { ...mug, id: 'CUP', name: 'Cup' })).toMatchObject({
		kind: 'picked',
	});
	expect(judge('12345670', sampleTransfer(), { ...mug, id: 'CUP', name: 'Cup' })).toEqual({
		kind: 'not_wanted',
		name: 'Cup',
	});
});

test('of a transfer that nobody asked for any product of the catalog goes along, and is named', () => {
	const given = sampleTransfer({ unasked: true, state: 'open', lines: [] });
	expect(judge('9501101530003', given)).toEqual({
		kind: 'taken',
		name: 'Mug',
		units: 1,
		inHand: 1,
		payload: {
			transferId: 'transfer-1',
			sku: 'MUG',
			quantity: 1,
			name: 'Mug',
			gtins: ['09501101530003'],
			scannedCode: '9501101530003',
		},
	});
	const going = sampleTransfer({ unasked: true, state: 'open' }, { requested: 0, picked: 4 });
	expect(judge('(01)09501101530003(30)9', going)).toMatchObject({ kind: 'taken', units: 9, inHand: 13 });
	expect(judge('12345670', given, null)).toMatchObject({ kind: 'unknown_product' });
	expect(judge('9501101530003', { ...going, state: 'declined' })).toMatchObject({ kind: 'put_back' });
	expect(judge('9501101530003', { ...going, state: 'in_transit' })).toEqual({ kind: 'has_left' });
	expect(stepOf(given, 'S-2')).toBe('pick');
	expect(stepOf(going, 'S-2')).toBe('send');
	expect(stepOf(going, 'S-1')).toBe('announced');
});

test('a product that is followed by serial number needs it, and each number goes once', () => {
	const phone: Product = { ...mug, tracking: 'serial' };
	const text = '(01)09501101530003(21)SN-1';
	expect(judge('9501101530003', sampleTransfer(), phone)).toEqual({ kind: 'serial_needed', name: 'Mug' });
	expect(judge(text, sampleTransfer(), phone)).toMatchObject({ kind: 'picked', payload: { serials: ['SN-1'] } });
	const held = sampleTransfer({ inHand: [{ sku: 'MUG', quantity: 1, serials: ['SN-1'] }] }, { picked: 1 });
	expect(judge(text, held, phone)).toMatchObject({ kind: 'serial_known', serial: 'SN-1' });
});

test('goods of a stopped transfer are put back by scanning; of one that has left nothing more is taken', () => {
	const stopped = sampleTransfer({ state: 'declined' }, { picked: 2 });
	expect(judge('9501101530003', stopped)).toMatchObject({ kind: 'put_back', more: 1, payload: { quantity: 1 } });
	expect(judge('9501101530003', sampleTransfer({ state: 'cancelled' }))).toEqual({ kind: 'enough', name: 'Mug' });
	expect(judge('9501101530003', sampleTransfer({ state: 'in_transit' }, { picked: 2, sent: 2 }))).toEqual({
		kind: 'has_left',
	});
});

test('what a transfer waits for is told to each site from its side', () => {
	const steps = (transfer: Transfer) => [stepOf(transfer, 'S-2'), stepOf(transfer, 'S-1')];
	expect(steps(sampleTransfer())).toEqual(['pick', 'asked']);
	expect(steps(sampleTransfer({ state: 'open' }, { picked: 4, short: 1 }))).toEqual(['send', 'asked']);
	expect(steps(sampleTransfer({ state: 'in_transit' }, { picked: 5, sent: 5 }))).toEqual(['sent', 'coming']);
	expect(steps(sampleTransfer({ state: 'cancelled' }, { picked: 1 }))).toEqual(['put_back', null]);
	expect(steps(sampleTransfer({ state: 'declined' }))).toEqual([null, null]);
	expect(steps(sampleTransfer({ state: 'received' }, { picked: 5, sent: 5, received: 5 }))).toEqual([null, null]);
	const late = sampleTransfer({ id: 't-2', number: 'T-8', state: 'declined' }, { picked: 1 });
	expect(transferWork([sampleTransfer(), late], 'S-2').map(({ transfer }) => transfer.number)).toEqual(['T-8', 'T-7']);
});

test('what is in hand is sent with the names that are known, and boxed once', () => {
	const named = [
		{ sku: 'MUG', quantity: 2, serials: ['a', 'b'] },
		{ sku: 'MUG', quantity: 1, lot: 'L' },
	];
	const transfer = sampleTransfer(
		{ inHand: named, boxes: [{ sscc: '395011015300000011', lines: [{ sku: 'MUG', quantity: 1, serials: ['a'] }] }] },
		{ picked: 4 },
	);
	expect(unitsInHand(transfer)).toEqual([...named, { sku: 'MUG', quantity: 1 }]);
	expect(unboxedUnits(transfer)).toEqual([
		{ sku: 'MUG', quantity: 1, serials: ['b'] },
		{ sku: 'MUG', quantity: 1, lot: 'L' },
		{ sku: 'MUG', quantity: 1 },
	]);
});

test('a number can be read out, and follows from the id', () => {
	expect(transferNumber('0198c1f2-0000-7000-8000-000000000026')).toBe('T0000016');
	expect(transferNumber('0198c1f2-0000-7000-9fff-ffffffffffff')).toBe('TZZZZZZZ');
});
