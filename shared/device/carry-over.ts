import type { OperationEnvelope } from '../schema/operation.ts';
import type { RecoveryNote } from './device-client.ts';
import { Journal } from './journal.ts';
import { parseJournalFileName } from './journal-files.ts';
import { authorAgain, type LaneAuthorship } from './operation-author.ts';
import type { JournalFolder } from './ports.ts';

/** So many operations are carried over with one flush. */
const together = 200;

/** The lanes of this folder but this one. */
export async function otherLanes(folder: JournalFolder, laneId: string): Promise<readonly string[]> {
	const lanes = (await folder.list()).flatMap((name) => parseJournalFileName(name)?.laneId ?? []);
	return [...new Set(lanes)].filter((lane) => lane !== laneId);
}

/**
 * Appends to this lane's journal what has no answer in another lane: the same ids and content, in the same order. What is there already, from
 * an attempt that a crash ended, is passed over. Gives what recovery found in the other lane.
 */
export async function carryOver(
	folder: JournalFolder,
	journal: Journal,
	lane: LaneAuthorship,
	fromLaneId: string,
): Promise<readonly RecoveryNote[]> {
	const from = await Journal.open({ folder, laneId: fromLaneId, start: { seq: 0, hash: '' } });
	try {
		if (from.carriedTo !== null) return from.recovery;
		const waiting = from
			.unanswered(Number.POSITIVE_INFINITY)
			.filter(({ opId }) => journal.operationById(opId) === null);
		await appendAgain(journal, lane, waiting);
		for (const [key, body] of from.drafts) if (!journal.drafts.has(key)) await journal.saveDraft(key, body);
		await from.markCarriedOver(lane.laneId);
		return from.recovery;
	} finally {
		await from.close();
	}
}

/**
 * Appends to this lane's journal what has its answer in another lane, from another epoch of central than this: a backup that was restored since
 * may lack it, and nobody sends for a lane that was left. Central gives the outcome of then for what it has. Gives what was appended.
 */
export async function carryOverAnswered(
	folder: JournalFolder,
	journal: Journal,
	lane: LaneAuthorship,
	fromLaneId: string,
	epoch: string,
): Promise<readonly string[]> {
	const from = await Journal.open({ folder, laneId: fromLaneId, start: { seq: 0, hash: '' } });
	try {
		const lacking = from.from(0, Number.POSITIVE_INFINITY).filter(({ opId }) => {
			const answered = from.acknowledgments.get(opId);
			return answered !== undefined && answered.epoch !== epoch && journal.operationById(opId) === null;
		});
		await appendAgain(journal, lane, lacking);
		return lacking.map(({ opId }) => opId);
	} finally {
		await from.close();
	}
}

async function appendAgain(
	journal: Journal,
	lane: LaneAuthorship,
	operations: readonly OperationEnvelope[],
): Promise<void> {
	for (let at = 0; at < operations.length; at += together) {
		const next = operations.slice(at, at + together);
		await Promise.all(next.map((operation) => journal.append(authorAgain(lane, operation))));
	}
}
