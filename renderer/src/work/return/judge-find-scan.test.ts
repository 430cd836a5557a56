import { expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { sampleOrder } from '../../../../shared/domain/sample-order.ts';
import { judgeFindScan, mayBeNumber } from './judge-find-scan.ts';
import { sampleSale } from './sample-sale.ts';

const sale = sampleSale([{ sku: 'MUG', quantity: 1 }], '1042');
const digits = sampleSale([{ sku: 'MUG', quantity: 1 }], '12345670');
const open = sampleOrder([{ sku: 'MUG', quantity: 1 }], 'pickup', '7');
const scene = {
	orders: [sale, digits, open.order],
	fulfillmentOrders: [
		{ ...sampleOrder([{ sku: 'MUG', quantity: 1 }], 'pickup', '1042').fulfillmentOrder, passCode: 'K7M4Q2' },
	],
};
const judge = (text: string, typed = false) => judgeFindScan({ code: readScanCode(text), text, typed }, scene);

test('the receipt and the pass open their order', () => {
	expect(judge('ORD-1042')).toEqual({ kind: 'open', order: sale });
	expect(judge('PASS-K7M4Q2')).toEqual({ kind: 'open', order: sale });
	expect(judge('PASS-OTHER')).toEqual({ kind: 'unknown_pass' });
});

test('an order of which nothing is with the customer says so', () =>
	expect(judge('ORD-7')).toEqual({ kind: 'nothing_left', order: open.order }));

test('an order of another site is not here, and not called unknown', () =>
	expect(judge('ORD-9999')).toEqual({ kind: 'not_here', number: '9999' }));

test('a product leads to the orders that have it', () =>
	expect(judge('5012345678900')).toEqual({ kind: 'product', gtins: ['05012345678900'] }));

test('a typed number is an order before it is a product, and other text is looked for', () => {
	expect(judge('12345670', true)).toEqual({ kind: 'open', order: digits });
	expect(judge('12345670')).toMatchObject({ kind: 'product' });
	expect(judge(' Ada ', true)).toEqual({ kind: 'find', query: 'Ada' });
});

test('shelves and unreadable codes lead to no order', () => {
	expect(judge('LOC-PU-01')).toEqual({ kind: 'location' });
	expect(judge('??')).toEqual({ kind: 'unreadable', text: '??' });
});

test('central is asked for what may be a whole order number, not for a name, a telephone number or two digits', () => {
	expect(['700123', 'a-1003', ' C536379 ', '10/44'].every(mayBeNumber)).toBe(true);
	expect(['', 'Maria', 'Maria 7', '+44 7700 900219', '12'].some(mayBeNumber)).toBe(false);
});
