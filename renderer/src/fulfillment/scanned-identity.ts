import type { TFunction } from 'i18next';
import type { ProductScan } from '../../../shared/codes/index.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { UnitIdentity } from '../../../shared/schema/stock-position.ts';

/** Which units a code names, as far as it does: a serial number is that of one unit. */
export function scannedIdentity({ lot, expiry, serial }: ProductScan, units: number): UnitIdentity {
	return {
		...(lot === undefined ? {} : { lot }),
		...(expiry === undefined ? {} : { expiresOn: expiry }),
		...(serial === undefined || units !== 1 ? {} : { serials: [serial] }),
	};
}

/** `lot L-7 · until 24 Dec · serial number S-1`; empty where nothing is known. */
export function identityText(
	{ lot, expiresOn, serials }: UnitIdentity,
	t: TFunction<'fulfillment'>,
	day: (date: string) => string,
): string {
	return [
		...(lot === undefined ? [] : [t('fulfillment:identity.lot', { lot })]),
		...(expiresOn === undefined ? [] : [t('fulfillment:identity.until', { day: day(expiresOn) })]),
		...(serials ?? []).map((serial) => t('fulfillment:identity.serial', { serial })),
	].join(' · ');
}

const withGoods: ReadonlySet<FulfillmentOrder['state']> = new Set(['assigned', 'picking', 'picked', 'packed', 'ready']);

/** The order for which a unit with this serial number has been taken already: one that still has its goods, or `own` at any time; else null. */
export function serialTakenFor(
	fulfillmentOrders: readonly FulfillmentOrder[],
	own: FulfillmentOrder,
	sku: string,
	serial: string,
): string | null {
	const others = fulfillmentOrders.filter(({ id, state }) => id !== own.id && withGoods.has(state));
	const holder = [own, ...others].find(({ named }) =>
		named?.some((units) => units.sku === sku && (units.serials ?? []).includes(serial)),
	);
	return holder?.orderNumber ?? null;
}
