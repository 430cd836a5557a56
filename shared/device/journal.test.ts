import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperationOutcome } from '../protocol/messages.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import { Journal } from './journal.ts';
import type { Acknowledgment } from './journal-entries.ts';
import { type JournalFolder, StorageFullError } from './ports.ts';
import { sampleOperation } from './sample-operation.ts';
import { memoryJournalFolder } from './simulated/memory-journal-folder.ts';

const start = { seq: 0, hash: '' };
const first = 'lane-lane-1-000001.log';

function openJournal(folder: JournalFolder, segmentBytes = 4000): Promise<Journal> {
	return Journal.open({ folder, laneId: 'lane-1', start, segmentBytes });
}

async function appended(journal: Journal, ...numbers: readonly number[]): Promise<readonly OperationEnvelope[]> {
	return await Promise.all(numbers.map((number) => journal.append(sampleOperation(number))));
}

function acknowledgment({ opId, seq, hash }: OperationEnvelope): Acknowledgment {
	const outcome: OperationOutcome = { opId, seq, outcome: 'applied', exceptions: [], position: seq };
	return { kind: 'acknowledgment', outcome, hash, epoch: 'e1' };
}

const all = (journal: Journal) => journal.from(0, Number.POSITIVE_INFINITY);

describe('the journal', () => {
	it('gives back after a restart what was saved, in order, over several segments', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		const saved = [];
		for (let number = 1; number <= 20; number++) saved.push(...(await appended(journal, number)));
		await journal.close();
		const again = await openJournal(disk);
		expect(all(again)).toEqual(saved);
		expect(again.end).toEqual({ seq: 20, hash: saved.at(-1)?.hash });
		expect(again.recovery).toEqual([]);
		expect((await disk.list()).length).toBeGreaterThan(2);
	});

	it('chains each operation to the one before', async () => {
		const journal = await openJournal(memoryJournalFolder());
		const [one, two] = await appended(journal, 1, 2);
		expect(two?.previousHash).toBe(one?.hash);
	});

	it('writes appends that wait together with one flush', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		await appended(journal, ...Array.from({ length: 50 }, (_, index) => index + 1));
		expect(disk.flushes()).toBeLessThanOrEqual(2);
		expect(all(journal)).toHaveLength(50);
	});

	it('remembers acknowledgments in a sibling file, and knows what still waits', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		const [one, two, three] = await appended(journal, 1, 2, 3);
		if (!one || !two || !three) throw new Error('three operations were appended');
		const before = disk.sizeOf(first);
		await journal.acknowledge([acknowledgment(one), acknowledgment(two)]);
		expect(disk.sizeOf(first)).toBe(before);
		await journal.close();
		const again = await openJournal(disk);
		expect(again.unanswered(10)).toEqual([three]);
		expect([...again.acknowledgments.keys()]).toEqual([one.opId, two.opId]);
	});

	it('keeps drafts beside operations, and never as operations', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		await journal.saveDraft('return-1', { lines: 2 });
		await journal.saveDraft('return-2', { lines: 1 });
		await journal.saveDraft('return-2', null);
		await appended(journal, 1);
		await journal.close();
		const again = await openJournal(disk);
		expect([...again.drafts]).toEqual([['return-1', { lines: 2 }]]);
		expect(all(again)).toHaveLength(1);
	});

	it('copies a torn tail aside, cuts it, reports it, and goes on', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		const saved = await appended(journal, 1, 2);
		const sound = disk.sizeOf(first);
		disk.cutPowerAfter(100);
		await expect(appended(journal, 3)).rejects.toThrow();
		const after = disk.afterPowerCut(1);
		const again = await openJournal(after);
		expect(all(again)).toEqual(saved);
		expect(again.recovery).toEqual([
			{ file: first, what: 'torn_tail', bytes: 100, copiedTo: `${first}.torn-at-${sound}` },
		]);
		expect(after.sizeOf(`${first}.torn-at-${sound}`)).toBe(sound + 100);
		await appended(again, 3);
		await again.close();
		const third = await openJournal(after);
		expect(all(third)).toHaveLength(3);
		expect(third.recovery).toEqual([]);
	});

	it('cuts a tail of zeros, as a power cut leaves it', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		await appended(journal, 1);
		await journal.close();
		const file = await disk.open(first);
		await file.append(new Uint8Array(512));
		await file.close();
		const again = await openJournal(disk);
		expect(all(again)).toHaveLength(1);
		expect(again.recovery.map(({ what, bytes }) => [what, bytes])).toEqual([['torn_tail', 512]]);
	});

	it('steps over a damaged middle at the next record, keeps a copy, and names the lost place', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		await appended(journal, 1);
		const offset = disk.sizeOf(first);
		await appended(journal, 2);
		await appended(journal, 3);
		await journal.close();
		disk.damage(first, offset + 40);
		const again = await openJournal(disk);
		expect(all(again).map(({ seq }) => seq)).toEqual([1, 3]);
		expect(again.missing()).toEqual([2]);
		expect(again.recovery).toMatchObject([{ file: first, what: 'damaged_middle' }]);
		expect(await disk.list()).toContain(`${first}.damaged-at-${offset}`);
	});

	it('does not give a number out again when the last record is lost but its acknowledgment is not', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		const [, two] = await appended(journal, 1, 2);
		if (!two) throw new Error('two operations were appended');
		await journal.acknowledge([acknowledgment(two)]);
		await journal.close();
		disk.damage(first, disk.sizeOf(first) - 3);
		const again = await openJournal(disk);
		expect(again.end).toEqual({ seq: 2, hash: two.hash });
		const [three] = await appended(again, 3);
		expect(three?.seq).toBe(3);
	});

	it('says when the disk is full, keeps nothing by halves, and takes the next when there is room', async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		await appended(journal, 1);
		const sound = disk.sizeOf(first);
		disk.leaveRoomFor(60);
		await expect(appended(journal, 2)).rejects.toThrow(StorageFullError);
		expect(disk.sizeOf(first)).toBe(sound);
		disk.leaveRoomFor(Number.POSITIVE_INFINITY);
		const [two] = await appended(journal, 2);
		expect(two?.seq).toBe(2);
		await journal.close();
		const again = await openJournal(disk);
		expect(all(again).map(({ seq }) => seq)).toEqual([1, 2]);
		expect(again.recovery).toEqual([]);
	});

	it("drops old segments whose operations are all answered, and keeps the lane's end and what waits", async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		for (let number = 1; number <= 20; number++) await appended(journal, number);
		await journal.acknowledge(
			journal
				.from(1, 20)
				.filter(({ seq }) => seq !== 14)
				.map(acknowledgment),
		);
		const madeAt = Temporal.Instant.from('2026-11-22T17:55:00Z').epochMilliseconds;
		expect(journal.prunable(madeAt)).toBeNull();
		const prunable = journal.prunable(madeAt + 1);
		if (prunable === null) throw new Error('there are old segments');
		expect(prunable.end.seq).toBeGreaterThan(5);
		expect(prunable.end.seq).toBeLessThan(14);
		await journal.drop(prunable);
		await journal.close();
		const again = await Journal.open({ folder: disk, laneId: 'lane-1', start: prunable.end, segmentBytes: 4000 });
		expect(again.missing()).toEqual([]);
		expect(again.end.seq).toBe(20);
		expect(all(again).map(({ seq }) => seq)[0]).toBe(prunable.end.seq + 1);
		expect(again.unanswered(10).map(({ seq }) => seq)).toEqual([14]);
	});

	it("never drops the segment of the lane's end, a live draft, or what was answered lately", async () => {
		const disk = memoryJournalFolder();
		const journal = await openJournal(disk);
		await journal.saveDraft('return-1', { lines: 2 });
		for (let number = 1; number <= 20; number++) await appended(journal, number);
		const answeredAt = Temporal.Instant.from('2026-12-22T17:55:00Z').epochMilliseconds;
		await journal.acknowledge(journal.from(1, 20).map((each) => ({ ...acknowledgment(each), wallMs: answeredAt })));
		expect(journal.prunable(answeredAt + 1)).toBeNull();
		await journal.saveDraft('return-1', null);
		expect(journal.prunable(answeredAt)).toBeNull();
		const prunable = journal.prunable(answeredAt + 1);
		if (prunable === null) throw new Error('there are old segments');
		await journal.drop(prunable);
		expect(prunable.end.seq).toBeLessThan(20);
		expect(all(journal).at(-1)?.seq).toBe(20);
	});

	it('recovers, after a crash at any byte, each operation reported as saved, in order and once', async () => {
		const step = fc.oneof(
			{
				weight: 4,
				arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
			},
			{
				weight: 1,
				arbitrary: fc.record({ kind: fc.constant('acknowledge' as const), count: fc.integer({ min: 1, max: 3 }) }),
			},
		);
		const story = fc.record({
			steps: fc.array(step, { minLength: 1, maxLength: 12 }),
			cut: fc.integer({ min: 0, max: 20_000 }),
			kept: fc.double({ min: 0, max: 1, noNaN: true }),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(story, { minLength: 1, maxLength: 3 }), async (stories) => {
				let disk = memoryJournalFolder();
				let number = 0;
				const saved: OperationEnvelope[] = [];
				const given = new Set<string>();
				for (const { steps, cut, kept } of stories) {
					disk.cutPowerAfter(cut);
					try {
						const journal = await openJournal(disk, 2500);
						for (const { kind, count } of steps) {
							if (kind === 'acknowledge') {
								await journal.acknowledge(journal.unanswered(count).map(acknowledgment));
								continue;
							}
							const made = Array.from({ length: count }, () => journal.append(sampleOperation(++number)));
							for (const result of await Promise.allSettled(made))
								if (result.status === 'fulfilled') saved.push(result.value);
						}
					} catch {
						// The power went off.
					}
					disk = disk.afterPowerCut(kept);
					const recovered = await openJournal(disk, 2500);
					const found = all(recovered);
					await recovered.close();
					expect(new Set(found.map(({ opId }) => opId)).size).toBe(found.length);
					expect(found.map(({ seq }) => seq)).toEqual(found.map((_, index) => index + 1));
					const savedHere = new Set(saved.map(({ opId }) => opId));
					expect(found.filter(({ opId }) => savedHere.has(opId))).toEqual(saved);
					for (const { opId } of found) given.add(opId);
					// What was written but never reported is kept from now on as well.
					saved.splice(0, saved.length, ...found);
				}
				expect(given.size).toBe(saved.length);
			}),
			{ numRuns: 150 },
		);
	});
});
