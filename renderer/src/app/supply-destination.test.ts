import { expect, test } from 'vitest';
import { samplePurchaseOrder, sampleTransfer } from '../../../shared/domain/sample-supply.ts';
import { supplyDestination } from './supply-destination.ts';

const boxes = [{ sscc: '395011015300000011', lines: [{ sku: 'MUG', quantity: 1 }] }];
const supplies = [samplePurchaseOrder(), sampleTransfer({ state: 'in_transit', boxes })];

test('a delivery is opened by its number or by the label of one of its units, where it is to be worked on', () => {
	expect(supplyDestination('po-7', supplies, 'S-1')).toBe('/receive/po-1');
	expect(supplyDestination('(00)095012345678901237', supplies, 'S-1')).toBe('/receive/po-1');
	expect(supplyDestination('ORD-T-7', supplies, 'S-1')).toBe('/receive/transfer-1');
	expect(supplyDestination('395011015300000011', supplies, 'S-2')).toBe('/transfer/transfer-1');
	expect(supplyDestination('T-7', [sampleTransfer()], 'S-1')).toBe('/transfer/transfer-1');
	expect(supplyDestination('PO-99', supplies, 'S-1')).toBeNull();
	expect(supplyDestination('395011015300000028', supplies, 'S-1')).toBeNull();
});
