import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Basket, FilledLine } from './basket.ts';
import { rightsTaken, type Units } from './cover.ts';

type SaleLine = PayloadOf<'sell'>['lines'][number];

/** The lines of a sale: units with serial numbers name each; those of which none was scanned are a line of their own. */
export function saleLines(lines: readonly FilledLine[]): SaleLine[] {
	return lines.flatMap(({ sku, quantity, lot, expiresOn, serials = [] }) => {
		const identity = { ...(lot === undefined ? {} : { lot }), ...(expiresOn === undefined ? {} : { expiresOn }) };
		const named = serials.slice(0, quantity);
		const rest = quantity - named.length;
		return [
			...(named.length === 0 ? [] : [{ sku, quantity: named.length, ...identity, serials: [...named] }]),
			...(rest === 0 ? [] : [{ sku, quantity: rest, ...identity }]),
		];
	});
}

/** The rights that a sale takes: none for what is kept for this customer already. */
export function rightsOfSale(basket: Basket, left: Units, kept: Units): ReturnType<typeof rightsTaken> {
	const rest = new Map(kept);
	const lines = basket.lines.map((line) => {
		const spared = Math.min(line.quantity ?? 0, Math.max(0, rest.get(line.sku) ?? 0));
		rest.set(line.sku, (rest.get(line.sku) ?? 0) - spared);
		return { ...line, quantity: (line.quantity ?? 0) - spared };
	});
	return rightsTaken({ ...basket, lines }, left);
}
