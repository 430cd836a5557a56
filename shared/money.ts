import { type Static, Type } from 'typebox';

/** An amount in minor units (pence, cents) of one ISO 4217 currency. */
export const Money = Type.Object({
	minor: Type.Integer(),
	currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});
export type Money = Readonly<Static<typeof Money>>;

export function addMoney(a: Money, b: Money): Money {
	if (a.currency !== b.currency) throw new Error(`Can't add ${b.currency} to ${a.currency}`);
	return { minor: a.minor + b.minor, currency: a.currency };
}

export function timesMoney(price: Money, quantity: number): Money {
	return { minor: price.minor * quantity, currency: price.currency };
}
