import type { Transaction } from 'kysely';
import type { Device } from '../central/devices/authenticate-device.ts';
import type { Tables } from '../database/tables.ts';
import { frozenDraft } from './exception-cases.ts';
import type { Incoming } from './incoming.ts';
import { openLaneException } from './lane-exception.ts';
import type { TakenIn } from './taken-in.ts';

/**
 * Stops a lane whose device contradicts its own history, as a copied disk does: what was taken in stays, what contradicts it
 * is kept beside it, and a person is told.
 */
export async function freezeLane(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	reason: string,
): Promise<TakenIn> {
	await keepConflicting(transaction, device, incoming);
	const frozen = await transaction
		.updateTable('lane')
		.set({ frozen_reason: reason })
		.where('id', '=', device.laneId)
		.where('frozen_reason', 'is', null)
		.executeTakeFirst();
	if (frozen.numUpdatedRows === 0n) return { kind: 'lane_frozen', reason };
	const what = String(incoming.frame.seq);
	await openLaneException(transaction, device, incoming, { what, draft: frozenDraft(reason) });
	return { kind: 'lane_frozen', reason };
}

/** Keeps an operation that a frozen lane sent; once, however often it is sent. */
export async function keepConflicting(
	transaction: Transaction<Tables>,
	device: Device,
	{ frame, text, receivedAt }: Incoming,
): Promise<void> {
	await transaction
		.insertInto('conflicting_operation')
		.values({ lane_id: device.laneId, hash: frame.hash, seq: frame.seq, body: text, received_at: receivedAt })
		.onConflict((conflict) => conflict.columns(['lane_id', 'hash']).doNothing())
		.execute();
}
