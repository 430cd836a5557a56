import type { Bucket, Movement } from '../../../shared/schema/stock-position.ts';

const onTheShelf: readonly Bucket[] = ['available', 'allocated'];

/** How many units of a SKU these movements put on a site's shelf; fewer than none when they take more off it. */
export function shelfChange(movements: readonly Movement[], siteId: string, sku: string): number {
	return movements.reduce((sum, movement) => {
		if (movement.sku !== sku || movement.siteId !== siteId) return sum;
		const put = onTheShelf.includes(movement.to) ? movement.quantity : 0;
		const taken = onTheShelf.includes(movement.from) ? movement.quantity : 0;
		return sum + put - taken;
	}, 0);
}
