import { cameOf, isSupplyClosed, isSupplyStopped, type Supply } from '../../../../shared/domain/supply.ts';
import type { PurchaseOrder } from '../../../../shared/schema/purchase-order.ts';
import type { Transfer } from '../../../../shared/schema/transfer.ts';

/** Something that is to come to this site. */
export interface Delivery {
	readonly supply: Supply;
	readonly from: string;
	readonly when: 'late' | 'today' | 'later';
	/** Of a transfer: the other site has said that it left. */
	readonly isOnItsWay: boolean;
	readonly isPartlyReceived: boolean;
	readonly products: number;
}

/** What is to come to this site, the longest expected first. `today` is the site's calendar day. */
export function deliveries(
	purchaseOrders: readonly PurchaseOrder[],
	transfers: readonly Transfer[],
	siteId: string,
	today: string,
): readonly Delivery[] {
	const coming: readonly Supply[] = [
		...purchaseOrders.filter((order) => order.siteId === siteId),
		...transfers.filter(({ toSiteId }) => toSiteId === siteId),
	];
	return coming
		.filter((supply) => !isSupplyClosed(supply) && !isSupplyStopped(supply))
		.map((supply): Delivery => {
			const { expectedOn, lines } = supply;
			return {
				supply,
				from: supply.kind === 'transfer' ? supply.fromSiteName : supply.supplierName,
				when: expectedOn < today ? 'late' : expectedOn === today ? 'today' : 'later',
				isOnItsWay: supply.kind === 'transfer' && supply.state === 'in_transit',
				isPartlyReceived: lines.some((line) => cameOf(line) > 0),
				products: new Set(lines.map(({ sku }) => sku)).size,
			};
		})
		.sort((a, b) => compare(a.supply.expectedOn, b.supply.expectedOn) || compare(a.supply.number, b.supply.number));
}

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
