import type { Address } from '../../../shared/schema/order.ts';

export type AddressField = 'line1' | 'postalCode' | 'town' | 'country';

export type ReadAddress =
	| { readonly ok: true; readonly address: Address }
	/** The fields that say nothing yet, or nothing that can be right. */
	| { readonly ok: false; readonly missing: readonly AddressField[] };

/** An address as somebody typed it. A country is its two letters (ISO 3166-1), in any case. */
export function readAddress(typed: Readonly<Record<AddressField, string>>): ReadAddress {
	const address = {
		line1: typed.line1.trim(),
		postalCode: typed.postalCode.trim(),
		town: typed.town.trim(),
		country: typed.country.trim().toUpperCase(),
	};
	const missing = (['line1', 'postalCode', 'town', 'country'] as const).filter((field) =>
		field === 'country' ? !/^[A-Z]{2}$/.test(address.country) : address[field] === '',
	);
	return missing.length === 0 ? { ok: true, address } : { ok: false, missing };
}
