import type { Transaction } from 'kysely';
import type { Device } from '../central/devices/authenticate-device.ts';
import type { Tables } from '../database/tables.ts';
import { gapDraft } from './exception-cases.ts';
import type { Incoming } from './incoming.ts';
import { openLaneException } from './lane-exception.ts';
import type { LockedLane } from './lock-lane.ts';
import type { TakenIn } from './taken-in.ts';

/** A device that has the missing operation sends it at once; one that comes again without it after this time has lost it. */
const patience = Temporal.Duration.from({ minutes: 2 });

/** An operation came before its turn. It is not taken in; when what is missing doesn't come, a person is told. */
export async function noticeGap(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	lane: LockedLane,
): Promise<TakenIn> {
	const expectedSeq = lane.last_seq + 1;
	if (lane.gap_seq !== expectedSeq || lane.gap_since === null) {
		await transaction
			.updateTable('lane')
			.set({ gap_seq: expectedSeq, gap_since: incoming.receivedAt })
			.where('id', '=', device.laneId)
			.execute();
	} else if (isLongAgo(lane.gap_since, incoming.receivedAt)) {
		const draft = gapDraft(expectedSeq, incoming.frame.seq);
		await openLaneException(transaction, device, incoming, { what: `gap-${expectedSeq}`, draft });
	}
	return { kind: 'gap', expectedSeq };
}

function isLongAgo(since: string, now: string): boolean {
	const end = Temporal.Instant.from(since).add(patience);
	return Temporal.Instant.compare(end, Temporal.Instant.from(now)) <= 0;
}
