import type { TFunction } from 'i18next';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';

/** A sentence of the catalog and what it speaks of. With a value missing it can't be said. */
export type Said = readonly [key: string, values: Readonly<Record<string, string | number | undefined>>];

/** Both sides of what contradicts a purchase order, a transfer or a receipt; undefined for exceptions about something else. */
export function supplySides(
	exceptionCase: ExceptionCase,
	product: string | undefined,
	t: TFunction<'fulfillment'>,
): { readonly happened: Said; readonly held: Said } | undefined {
	const { quantity, supplyNumber: number, otherSiteName: site, sscc, serials, expiresOn, reason } = exceptionCase;
	const counted = { count: quantity, number };
	const withSite: Said = ['supply.held.with', { site }];
	switch (exceptionCase.exceptionKind) {
		case 'delivery_differs': {
			const lines = (exceptionCase.differences ?? []).map(({ name, expected, received, damaged }) =>
				t(`fulfillment:exception.supply.${damaged > 0 ? 'damagedLine' : 'line'}`, {
					product: name,
					expected,
					received,
					damaged,
				}),
			);
			const came: Said = ['supply.came', { number, lines: lines.join('; ') }];
			return { happened: lines.length === 0 ? ['supply.nothingCame', { number }] : came, held: withSite };
		}
		case 'received_after_close':
			return { happened: ['supply.cameLate', counted], held: ['supply.held.ended', { number }] };
		case 'expired_received':
			return { happened: ['supply.expired', { quantity, product, expiresOn }], held: ['supply.held.quarantine', {}] };
		case 'unit_received_twice':
			return { happened: ['supply.unitAgain', { sscc }], held: ['supply.held.unitBefore', {}] };
		case 'serial_received_twice':
			return {
				happened: ['supply.serialsAgain', { product, serials: serials?.join(', ') }],
				held: ['supply.held.serialBefore', {}],
			};
		case 'transfer_stopped':
			return { happened: ['supply.declined', { site, number, reason }], held: ['supply.held.wanted', {}] };
		case 'transfer_units_short': {
			const { shortReason } = exceptionCase;
			return {
				happened: [`short.${shortReason ?? 'not_found'}`, { quantity, product, shortReason }],
				held: ['supply.held.transfer', { number, site }],
			};
		}
		case 'transfer_put_back':
			return { happened: ['supply.inHand', counted], held: ['supply.held.stopped', { number }] };
		case 'sent_after_stop':
			return { happened: ['supply.left', counted], held: ['supply.held.stopped', { number }] };
		case 'sent_more_than_picked':
			return { happened: ['supply.leftMore', counted], held: ['supply.held.sentBefore', {}] };
		default:
			return undefined;
	}
}
