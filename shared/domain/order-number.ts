/** Without I, L, O and U (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = 7;

/** The number of an order that a device makes: `S` and 35 bits of the order's id, its last ones, which are random in every version of UUID. */
export function orderNumberOf(orderId: string): string {
	const bits = BigInt(`0x${orderId.replaceAll('-', '').slice(-12)}`);
	const number = Array.from({ length: digits }, (_, index) => alphabet[Number((bits >> BigInt(5 * index)) & 31n)]);
	return `S${number.reverse().join('')}`;
}
