import type { Order } from '../../../../shared/schema/order.ts';

/** A handover as the order's timeline tells it. */
export interface HandoverRecord {
	readonly at: string;
	readonly actorName: string | null;
	readonly collectedBy: string | null;
	readonly units: number | null;
}

/** Every handover of this fulfillment order, the latest first; empty where the timeline holds none. */
export function handoverRecords(order: Order | null, fulfillmentOrderId: string): readonly HandoverRecord[] {
	return (order?.timeline ?? [])
		.filter(
			(entry) =>
				(entry.what === 'handed_over' || entry.what === 'handed_over_again') &&
				entry.fulfillmentOrderId === fulfillmentOrderId,
		)
		.map((entry) => ({
			at: entry.at,
			actorName: entry.actorName ?? null,
			collectedBy: entry.detail ?? null,
			units: entry.quantity ?? null,
		}))
		.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
