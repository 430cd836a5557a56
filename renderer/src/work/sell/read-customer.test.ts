import { describe, expect, it } from 'vitest';
import { nothingTyped, readCustomer } from './read-customer.ts';

const site = { name: 'York', town: 'York', postalCode: 'YO1 9AA', country: 'GB' };
const ann = { ...nothingTyped, name: ' Ann Lee ', phone: '+44 7700 900123', email: 'ann@example.com' };

describe('a customer as somebody typed them', () => {
	it('who collects needs a name, and the order goes to the store itself', () => {
		const read = readCustomer(ann, 'pickup', site);
		expect([...read.faults]).toEqual([]);
		expect(read.customer).toEqual({ name: 'Ann Lee', phone: '+44 7700 900123', email: 'ann@example.com' });
		expect(read.shipTo).toEqual({ line1: 'York', town: 'York', postalCode: 'YO1 9AA', country: 'GB' });
		expect([...readCustomer(nothingTyped, 'pickup', site).faults]).toEqual([['name', 'missing']]);
	});

	it('a parcel needs a whole address', () => {
		expect([...readCustomer({ ...ann, country: 'UKX' }, 'ship', site).faults.keys()]).toEqual([
			'line1',
			'postalCode',
			'town',
			'country',
		]);
		const typed = { ...ann, line1: '1 High St', postalCode: 'LS1 1AA', town: 'Leeds', country: 'gb' };
		const read = readCustomer(typed, 'ship', site);
		expect([...read.faults]).toEqual([]);
		expect(read.shipTo.country).toBe('GB');
	});

	it('a number that can’t be called and an address that can’t be written to are told', () => {
		for (const phone of ['abc', '12', '1234x'])
			expect(readCustomer({ ...ann, phone }, 'pickup', site).faults.get('phone')).toBe('no_phone');
		for (const email of ['ann', 'ann@', '@x.com', 'a b@x.com'])
			expect(readCustomer({ ...ann, email }, 'pickup', site).faults.get('email')).toBe('no_email');
		expect(readCustomer({ ...ann, phone: '', email: '' }, 'pickup', site).customer).toEqual({ name: 'Ann Lee' });
	});
});
