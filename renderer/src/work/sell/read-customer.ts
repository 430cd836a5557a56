import type { Address, Customer, Method } from '../../../../shared/schema/order.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { type AddressField, readAddress } from '../../fulfillment/read-address.ts';

/** What somebody typed about the customer. */
export interface TypedCustomer extends Readonly<Record<AddressField, string>> {
	readonly name: string;
	readonly phone: string;
	readonly email: string;
}

export const nothingTyped: TypedCustomer = {
	name: '',
	phone: '',
	email: '',
	line1: '',
	postalCode: '',
	town: '',
	country: '',
};

export type CustomerField = keyof TypedCustomer;
export type CustomerFault = 'missing' | 'no_phone' | 'no_email' | 'no_country';

export interface ReadCustomer {
	readonly customer: Customer;
	readonly shipTo: Address;
	/** What must be mended first, by field; empty when all is right. */
	readonly faults: ReadonlyMap<CustomerField, CustomerFault>;
}

/** A customer and where the order goes. What is collected goes to the store itself. */
export function readCustomer(
	typed: TypedCustomer,
	method: Method,
	site: Pick<Site, 'name' | 'town' | 'postalCode' | 'country'>,
): ReadCustomer {
	const faults = new Map<CustomerField, CustomerFault>();
	const [name, phone, email] = [typed.name.trim(), typed.phone.trim(), typed.email.trim()];
	if (name === '') faults.set('name', 'missing');
	if (phone !== '' && !(/^[+\d][\d\s()/.-]*$/.test(phone) && phone.replace(/\D/g, '').length >= 5))
		faults.set('phone', 'no_phone');
	if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) faults.set('email', 'no_email');
	const { town, postalCode, country } = site;
	const here: Address = { line1: site.name, town, postalCode, country };
	const read = method === 'pickup' ? ({ ok: true, address: here } as const) : readAddress(typed);
	if (!read.ok) for (const field of read.missing) faults.set(field, field === 'country' ? 'no_country' : 'missing');
	const customer = { name, ...(phone === '' ? {} : { phone }), ...(email === '' ? {} : { email }) };
	return { customer, shipTo: read.ok ? read.address : here, faults };
}
