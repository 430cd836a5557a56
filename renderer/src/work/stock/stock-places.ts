/** The work of the stock, in the order of the Stock screen; each needs its words under `place` and may have a count of what waits. */
export const stockPlaces = [
	{ name: 'receive', to: '/receive' },
	{ name: 'transfer', to: '/transfer' },
	{ name: 'count', to: '/count' },
	{ name: 'adjust', to: '/adjust' },
	{ name: 'move', to: '/move' },
	{ name: 'lookup', to: '/lookup' },
] as const;
export type StockPlace = (typeof stockPlaces)[number];
export type WaitingWork = { readonly [Name in StockPlace['name']]?: number };
