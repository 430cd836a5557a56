import { describe, expect, it } from 'vitest';
import type { OperationOutcome } from '../protocol/messages.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import type { LaneEnd } from './journal.ts';
import type { CentralAnswer, CentralFailure } from './ports.ts';
import { sampleOperation } from './sample-operation.ts';
import { Sender } from './sender.ts';
import { simulatedClock, simulatedRandom } from './simulated/clock.ts';
import { memoryCentral } from './simulated/memory-central.ts';
import { StopSignal } from './stop-signal.ts';

type Push = (
	operations: readonly OperationEnvelope[],
) => CentralAnswer<{ outcomes: OperationOutcome[]; serverTime: string }>;

const outcomeOf = ({ opId, seq }: OperationEnvelope): OperationOutcome => {
	return { opId, seq, outcome: 'applied', exceptions: [], position: seq };
};
const takeAll: Push = (operations) => ({
	ok: true,
	value: { outcomes: operations.map(outcomeOf), serverTime: '2026-11-22T18:00:00Z' },
});
const failWith =
	(failure: CentralFailure): Push =>
	() => ({ ok: false, failure });

function lane(count: number): OperationEnvelope[] {
	const operations: OperationEnvelope[] = [];
	let end: LaneEnd = { seq: 0, hash: '' };
	for (let number = 1; number <= count; number++) {
		const operation = sampleOperation(number)(end);
		end = { seq: operation.seq, hash: operation.hash };
		operations.push(operation);
	}
	return operations;
}

/** A sender over these operations, and what each of its pushes held and when. */
function startSender(operations: readonly OperationEnvelope[], answers: Push, answeredBefore = 0) {
	const clock = simulatedClock();
	const stop = new StopSignal();
	const answered = new Set(operations.slice(0, answeredBefore).map(({ opId }) => opId));
	const pushes: { readonly seqs: readonly number[]; readonly at: number }[] = [];
	const failures: string[] = [];
	let push = answers;
	const sender = new Sender({
		clock,
		stop,
		random: simulatedRandom(),
		central: {
			...memoryCentral(),
			push: async (sent) => {
				pushes.push({ seqs: sent.map(({ seq }) => seq), at: clock.monotonicMs() });
				return push(sent);
			},
		},
		outbox: {
			waiting: (limit) => operations.filter(({ opId }) => !answered.has(opId)).slice(0, limit),
			from: (seq, limit) => operations.filter((each) => each.seq >= seq).slice(0, limit),
			// Everything that was answered before was answered in the epoch e1.
			fillLost: async () => false,
			hasOlderAnswers: ({ epoch, ownSeq }) => epoch !== 'e1' && ownSeq < answeredBefore,
			acknowledge: async (_, outcomes) => {
				for (const { opId } of outcomes) answered.add(opId);
			},
		},
		prepare: async () => null,
		heard: (failure) => void (failure && failures.push(failure.kind)),
	});
	void sender.run();
	const answerWith = (next: Push): void => {
		push = next;
	};
	return { clock, stop, sender, pushes, failures, answered, answerWith };
}

describe('the sender', () => {
	it('sends in lane order, a hundred at a time', async () => {
		const { clock, stop, pushes } = startSender(lane(250), takeAll);
		await clock.pass(10);
		stop.stop();
		expect(pushes.map(({ seqs }) => [seqs[0], seqs.length])).toEqual([
			[1, 100],
			[101, 100],
			[201, 50],
		]);
	});

	it('never gives up: the pauses grow to ten seconds, and a wake-up ends one', async () => {
		const { clock, stop, sender, pushes, answerWith } = startSender(
			lane(1),
			failWith({ kind: 'unreachable', message: 'no answer' }),
		);
		await clock.pass(3_600_000);
		const pauses = pushes.slice(1).map(({ at }, index) => at - (pushes[index]?.at ?? 0));
		expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000);
		expect(Math.min(...pauses.slice(6))).toBeGreaterThanOrEqual(5_000);
		expect(pauses[0]).toBeLessThanOrEqual(500);
		answerWith(takeAll);
		const before = pushes.length;
		sender.wake();
		await clock.pass(0);
		stop.stop();
		expect(pushes.length).toBe(before + 1);
	});

	it('sends again from the number that central needs', async () => {
		let expected = 2;
		const strict: Push = (operations) => {
			const first = operations[0]?.seq ?? 0;
			if (first > expected) return { ok: false, failure: { kind: 'gap', expectedSeq: expected, message: 'gap' } };
			expected = Math.max(expected, (operations.at(-1)?.seq ?? 0) + 1);
			return takeAll(operations);
		};
		const { clock, stop, pushes } = startSender(lane(5), strict, 4);
		await clock.pass(10);
		stop.stop();
		expect(pushes.map(({ seqs }) => seqs)).toEqual([[5], [2, 3, 4, 5]]);
	});

	it('says that central needs what this device does not have, and does not storm', async () => {
		const { clock, stop, pushes, failures } = startSender(
			lane(3).slice(1),
			failWith({ kind: 'gap', expectedSeq: 1, message: 'gap' }),
		);
		await clock.pass(60_000);
		stop.stop();
		expect(failures[0]).toBe('gap');
		expect(pushes.length).toBeLessThan(30);
	});

	it('does not storm when an answer leaves the first operation out', async () => {
		const { clock, stop, pushes } = startSender(lane(3), (operations) => takeAll(operations.slice(1)));
		await clock.pass(60_000);
		stop.stop();
		expect(pushes.length).toBeLessThan(30);
	});

	it('finds by halving the one operation that a route refuses, and sends those before it', async () => {
		const { clock, stop, answered, pushes } = startSender(lane(40), (operations) =>
			operations.some(({ seq }) => seq === 30)
				? { ok: false, failure: { kind: 'refused', error: 'too_large', message: 'too large' } }
				: takeAll(operations),
		);
		await clock.pass(60_000);
		stop.stop();
		expect(answered.size).toBe(29);
		expect(pushes.length).toBeLessThan(60);
	});

	it('stops for a person at a bad credential or a frozen lane', async () => {
		for (const kind of ['credential', 'lane_frozen'] as const) {
			const { clock, stop, pushes, failures } = startSender(lane(1), failWith({ kind, message: 'no' }));
			await clock.pass(300_000);
			stop.stop();
			expect(pushes).toHaveLength(1);
			expect(failures).toEqual([kind]);
		}
	});

	it('sends again what a restored central lacks, though all of it was answered, once for each epoch', async () => {
		const { clock, stop, sender, pushes } = startSender(lane(250), takeAll, 250);
		await clock.pass(10);
		expect(pushes).toEqual([]);
		sender.siteReached({ epoch: 'e1', ownSeq: 200 });
		await clock.pass(10);
		expect(pushes).toEqual([]);
		sender.siteReached({ epoch: 'e2', ownSeq: 120 });
		await clock.pass(10);
		sender.siteReached({ epoch: 'e2', ownSeq: 120 });
		await clock.pass(10);
		stop.stop();
		expect(pushes.map(({ seqs }) => [seqs[0], seqs.at(-1)])).toEqual([
			[121, 220],
			[221, 250],
		]);
	});

	it('sends a restored central only what it lacks, when later pages show that it has more', async () => {
		const unreachable = failWith({ kind: 'unreachable', message: 'lost' });
		const { clock, stop, sender, pushes, answerWith } = startSender(lane(50), unreachable, 50);
		sender.siteReached({ epoch: 'e2', ownSeq: 0 });
		await clock.pass(10);
		sender.siteReached({ epoch: 'e2', ownSeq: 45 });
		answerWith(takeAll);
		await clock.pass(60_000);
		stop.stop();
		expect(pushes.at(-1)?.seqs).toEqual([46, 47, 48, 49, 50]);
	});
});
