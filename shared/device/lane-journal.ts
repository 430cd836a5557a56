import { type LostRecord, lostRecordType } from '../domain/lost-record.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import { carryOver } from './carry-over.ts';
import type { RecoveryNote } from './device-client.ts';
import type { Enrollment, IdentityKeeper } from './device-identity.ts';
import { Journal } from './journal.ts';
import { type Authorship, authorOperation, newOperationId } from './operation-author.ts';
import type { DeviceClock, DeviceRandom, JournalFolder } from './ports.ts';

/** Answered operations are kept so long, so that a server restored from a backup can be filled up again. */
const keptMs = 30 * 24 * 60 * 60_000;

export interface LaneJournalParts {
	readonly folder: JournalFolder;
	readonly identity: IdentityKeeper;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	/** The device itself as an author in this lane. */
	readonly authorship: Authorship;
}

/**
 * Opens the lane's journal, fills the places of lost records, takes over what an earlier lane of this device did not send, and deletes
 * what is older than 30 days. Throws when the disk is full or fails.
 */
export async function openLaneJournal(
	parts: LaneJournalParts,
	{ laneId, laneStart }: Enrollment,
): Promise<{ readonly journal: Journal; readonly recovery: readonly RecoveryNote[] }> {
	const { folder, identity, clock, authorship } = parts;
	const journal = await Journal.open({ folder, laneId, start: laneStart });
	try {
		for (const seq of journal.missing()) await fillLostPlace(parts, journal, seq);
		const recovery = [...journal.recovery];
		const carryFrom = identity.current.carryFrom ?? [];
		for (const from of carryFrom) recovery.push(...(await carryOver(folder, journal, authorship, from)));
		if (carryFrom.length > 0) await identity.change((current) => ({ ...current, carryFrom: [] }));
		await prune(identity, journal, clock.wallMs());
		return { journal, recovery };
	} catch (error) {
		await journal.close();
		throw error;
	}
}

/**
 * Central takes a lane without gaps only, so a damaged record's place is filled with the news of its loss. The operation after it
 * still follows the lost one's hash: the news names that, so that central can see that nothing else is missing.
 */
export async function fillLostPlace(
	{ authorship, clock, random }: Pick<LaneJournalParts, 'authorship' | 'clock' | 'random'>,
	journal: Journal,
	seq: number,
): Promise<OperationEnvelope> {
	const hash = journal.operationAt(seq + 1)?.previousHash ?? journal.hashAt(seq);
	const payload: LostRecord = { seq, ...(hash === '' ? {} : { hash }) };
	const statement = { opId: newOperationId(clock, random), type: lostRecordType, v: 1, payload };
	const author = authorOperation(authorship, statement, clock);
	const before = journal.hashAt(seq - 1);
	return journal.append(() => author({ seq: seq - 1, hash: before }));
}

/** The lane's new start is on the disk before a file goes: after a crash in between the files are deleted at the next start. */
async function prune(identity: IdentityKeeper, journal: Journal, nowMs: number): Promise<void> {
	const [newest] = journal.latest(1);
	if (newest === undefined) return;
	// A clock that jumped ahead by years must not delete what is a day old.
	const todayMs = Math.min(nowMs, Temporal.Instant.from(newest.occurredAt.wall).epochMilliseconds);
	const prunable = journal.prunable(todayMs - keptMs);
	if (prunable === null) return;
	await identity.change(({ enrollment, ...current }) => ({
		...current,
		enrollment: enrollment === null ? null : { ...enrollment, laneStart: prunable.end },
	}));
	await journal.drop(prunable);
}
