import type { Role } from '../../../../shared/schema/associate.ts';

/** The work of the stock, in the order of the Stock screen; each needs its words under `place` and may have a count of what waits. */
const stockPlaces = [
	{ name: 'receive', to: '/receive' },
	{ name: 'transfer', to: '/transfer' },
	{ name: 'count', to: '/count' },
	{ name: 'adjust', to: '/adjust' },
	{ name: 'move', to: '/move' },
	{ name: 'bins', to: '/bins' },
	{ name: 'lookup', to: '/lookup' },
	{ name: 'rules', to: '/rules' },
	{ name: 'sell', to: '/sell' },
	{ name: 'reserve', to: '/reserve' },
	{ name: 'kept', to: '/reservations' },
	{ name: 'capture', to: '/capture' },
] as const;
export type StockPlace = (typeof stockPlaces)[number];
export type WaitingWork = { readonly [Name in StockPlace['name']]?: number };

/** Those whom a place concerns, where it doesn't concern everybody. */
const rolesOf: { readonly [Name in StockPlace['name']]?: readonly Role[] } = {
	rules: ['operations', 'manager'],
	bins: ['operations', 'manager'],
};

/** The places that concern somebody with these roles. */
export function placesFor(roles: readonly Role[]): readonly StockPlace[] {
	return stockPlaces.filter(({ name }) => rolesOf[name]?.some((role) => roles.includes(role)) ?? true);
}
