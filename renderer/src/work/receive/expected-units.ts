import { cameOf, type Supply } from '../../../../shared/domain/supply.ts';

export interface ProductProgress {
	readonly sku: string;
	readonly name: string;
	/** What was ordered, or has been sent; what was asked for where nobody has said yet that it was sent. */
	readonly expected: number;
	/** Good and damaged, whoever has counted them. */
	readonly came: number;
	readonly damaged: number;
}

/** By product: what is expected of a delivery, and what has come of it. */
export function progressOf(supply: Supply): readonly ProductProgress[] {
	const isSent = supply.kind === 'transfer' && supply.lines.some(({ sent }) => sent > 0);
	const products = new Map<string, ProductProgress>();
	for (const line of supply.lines) {
		const expected = 'ordered' in line ? line.ordered : isSent ? line.sent : line.requested;
		const { sku, name, damaged } = line;
		const before = products.get(sku) ?? { sku, name, expected: 0, came: 0, damaged: 0 };
		products.set(sku, {
			...before,
			expected: before.expected + expected,
			came: before.came + cameOf(line),
			damaged: before.damaged + damaged,
		});
	}
	return [...products.values()];
}

/** Everything has come exactly as expected, and nothing of it is damaged. */
export function isAllThere(supply: Supply): boolean {
	return progressOf(supply).every(({ expected, came, damaged }) => came === expected && damaged === 0);
}
