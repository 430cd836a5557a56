import { addMoney, type Money, timesMoney } from '../../../../shared/money.ts';
import type { Product } from '../../../../shared/schema/product.ts';

/** One product in the basket, of one lot where that is known. */
export interface BasketLine {
	/** The SKU, and the lot behind it. */
	readonly key: string;
	readonly sku: string;
	readonly name: string;
	readonly gtins: readonly string[];
	readonly unitPrice: Money;
	readonly unitWeightGrams: number;
	readonly tracking: Product['tracking'];
	readonly bin: string;
	/** null until somebody has scanned or typed how many. */
	readonly quantity: number | null;
	readonly lot?: string;
	readonly expiresOn?: string;
	readonly serials?: readonly string[];
}

/** What somebody wants to have, oldest first, and the line that the next key is for. */
export interface Basket {
	readonly lines: readonly BasketLine[];
	readonly activeKey: string | null;
}

export const emptyBasket: Basket = { lines: [], activeKey: null };
export const mostLines = 200;
export const mostUnits = 10_000;

/** Which units exactly were scanned. */
export interface ScannedUnits {
	readonly quantity: number;
	readonly lot?: string | undefined;
	readonly expiresOn?: string | undefined;
	readonly serial?: string | undefined;
}

const keyOf = (sku: string, lot: string | undefined) => (lot === undefined ? sku : `${sku} ${lot}`);

function newLine(product: Product, bin: string, lot?: string, expiresOn?: string): BasketLine {
	return {
		key: keyOf(product.id, lot),
		sku: product.id,
		name: product.name,
		gtins: [product.gtin, ...product.otherGtins],
		unitPrice: product.price,
		unitWeightGrams: product.weightGrams,
		tracking: product.tracking,
		bin,
		quantity: null,
		...(lot === undefined ? {} : { lot }),
		...(expiresOn === undefined ? {} : { expiresOn }),
	};
}

/** Adds scanned units: each scan counts. */
export function addUnits(basket: Basket, product: Product, bin: string, scanned: ScannedUnits): Basket {
	const { quantity, lot, expiresOn, serial } = scanned;
	const key = keyOf(product.id, lot);
	const before = basket.lines.find((line) => line.key === key);
	const line = before ?? newLine(product, bin, lot, expiresOn);
	const after = {
		...line,
		quantity: (line.quantity ?? 0) + quantity,
		...(serial === undefined ? {} : { serials: [...(line.serials ?? []), serial] }),
	};
	return withLine(basket, after);
}

/** Adds a product that was chosen by name: how many is asked for. */
export function addProduct(basket: Basket, product: Product, bin: string): Basket {
	const before = basket.lines.find(({ key }) => key === product.id);
	return before === undefined ? withLine(basket, newLine(product, bin)) : { ...basket, activeKey: before.key };
}

function withLine({ lines }: Basket, line: BasketLine): Basket {
	const isKnown = lines.some(({ key }) => key === line.key);
	return {
		lines: isKnown ? lines.map((each) => (each.key === line.key ? line : each)) : [...lines, line],
		activeKey: line.key,
	};
}

/** Says how many of a line; serial numbers that were scanned for it stay. */
export function setQuantity(basket: Basket, key: string, quantity: number): Basket {
	return { ...basket, lines: basket.lines.map((line) => (line.key === key ? { ...line, quantity } : line)) };
}

export function takeOut(basket: Basket, key: string): Basket {
	const at = basket.lines.findIndex((line) => line.key === key);
	const lines = basket.lines.filter((line) => line.key !== key);
	return { lines, activeKey: (lines[at] ?? lines.at(-1))?.key ?? null };
}

export function moveActive(basket: Basket, step: 1 | -1): Basket {
	const at = basket.lines.findIndex(({ key }) => key === basket.activeKey);
	return { ...basket, activeKey: (basket.lines[at + step] ?? basket.lines[at])?.key ?? null };
}

export function activeLine({ lines, activeKey }: Basket): BasketLine | null {
	return lines.find(({ key }) => key === activeKey) ?? null;
}

/** A line of which it is said how many. */
export type FilledLine = BasketLine & { readonly quantity: number };

/** The lines, when something is in the basket and each says how many; null before. */
export function filledLines({ lines }: Basket): readonly FilledLine[] | null {
	const filled = lines.flatMap((line) => (line.quantity === null ? [] : [{ ...line, quantity: line.quantity }]));
	return filled.length === lines.length && filled.length > 0 ? filled : null;
}

export function unitsIn({ lines }: Basket): number {
	return lines.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
}

/** Units by SKU: lots of one product are one product. */
export function unitsWanted({ lines }: Basket): ReadonlyMap<string, number> {
	const wanted = new Map<string, number>();
	for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + (quantity ?? 0));
	return wanted;
}

/** What all of it costs; null for an empty basket. All prices of a site are in one currency. */
export function totalOf({ lines }: Basket): Money | null {
	return lines
		.map(({ unitPrice, quantity }) => timesMoney(unitPrice, quantity ?? 0))
		.reduce<Money | null>((sum, each) => (sum === null ? each : addMoney(sum, each)), null);
}
