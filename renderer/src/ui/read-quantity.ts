export type QuantityReading =
	| { readonly kind: 'blank' }
	| { readonly kind: 'ok'; readonly quantity: number }
	| { readonly kind: 'failed'; readonly reason: 'not_whole' | 'too_small' | 'too_big' };

/** Reads a typed quantity: digits only, bounds included. Nothing is rounded or guessed. */
export function readQuantity(text: string, minimum: number, maximum: number): QuantityReading {
	const trimmed = text.trim();
	if (trimmed === '') return { kind: 'blank' };
	if (!/^[0-9]{1,9}$/.test(trimmed)) return { kind: 'failed', reason: 'not_whole' };
	const quantity = Number(trimmed);
	if (quantity < minimum) return { kind: 'failed', reason: 'too_small' };
	if (quantity > maximum) return { kind: 'failed', reason: 'too_big' };
	return { kind: 'ok', quantity };
}
