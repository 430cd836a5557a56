/** What stock and capacity are worth to other orders, as the last batch left it, in minor units for each unit. */
export interface LearnedPrices {
	stock(siteId: string, sku: string): number;
	capacity(siteId: string): number;
}

export const noLearnedPrices: LearnedPrices = { stock: () => 0, capacity: () => 0 };
