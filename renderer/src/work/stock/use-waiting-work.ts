import { useMemo } from 'react';
import { isSupplyClosed, isSupplyStopped } from '../../../../shared/domain/supply.ts';
import { inHand } from '../../../../shared/domain/transfer-units.ts';
import type { Transfer } from '../../../../shared/schema/transfer.ts';
import { useCounts, usePurchaseOrders, useReservations, useSite, useTransfers } from '../../replica/index.ts';
import type { WaitingWork } from './stock-places.ts';

/** How much work waits at each place of the stock. */
export function useWaitingWork(): WaitingWork {
	const counts = useCounts();
	const purchaseOrders = usePurchaseOrders();
	const transfers = useTransfers();
	const reservations = useReservations();
	const siteId = useSite()?.id;
	return useMemo(() => {
		const coming = transfers.filter(({ toSiteId, state }) => toSiteId === siteId && state === 'in_transit');
		return {
			receive: purchaseOrders.filter(({ state }) => state === 'open').length + coming.length,
			transfer: transfers.filter((transfer) => transfer.fromSiteId === siteId && needsHands(transfer)).length,
			count: counts.filter(({ state }) => state !== 'posted' && state !== 'cancelled').length,
			kept: reservations.filter(({ state }) => state === 'held').length,
		};
	}, [counts, purchaseOrders, transfers, reservations, siteId]);
}

/** To be picked or sent, or stopped with goods in hand. */
function needsHands(transfer: Transfer): boolean {
	if (transfer.lines.some((line) => inHand(line) > 0)) return true;
	return !isSupplyClosed(transfer) && !isSupplyStopped(transfer) && transfer.state !== 'in_transit';
}
