import { expect, it } from 'vitest';
import { FeedClient } from './feed-client.ts';
import type { Central, Replica, StoredPage } from './ports.ts';
import { ReplicaGenerations } from './replica-generations.ts';
import { simulatedClock, simulatedRandom } from './simulated/clock.ts';
import { memoryCentral } from './simulated/memory-central.ts';
import { memoryReplica } from './simulated/memory-replica.ts';
import { StopSignal } from './stop-signal.ts';

const product = (number: number) => ({
	collection: 'catalog' as const,
	id: `P-${number}`,
	deleted: false,
	body: { id: `P-${number}` },
});

/** A feed of `count` products in pages of 10, with what it asked for and stored, in order. */
async function follow(count: number, around: (replica: Replica) => Replica = (replica) => replica) {
	const clock = simulatedClock();
	const stop = new StopSignal();
	const source = memoryCentral({ pageSize: 10 });
	for (let number = 1; number <= count; number++) source.publish('shared', product(number));
	const told: string[] = [];
	const central: Central = {
		...source,
		pull: (stream, checkpoint, limit) => {
			if (stream === 'shared') told.push(`ask ${checkpoint?.position ?? 0}`);
			return source.pull(stream, checkpoint, limit);
		},
	};
	const kept = memoryReplica();
	const replica = around({
		...kept,
		store: async (generation: number, page: StoredPage) => {
			if (page.stream === 'site') return kept.store(generation, page);
			told.push(`begin ${page.position}`);
			await clock.sleep(100, stop);
			await kept.store(generation, page);
			told.push(`end ${page.position}`);
		},
	});
	const feed = new FeedClient({
		central,
		replica,
		clock,
		stop,
		random: simulatedRandom(),
		laneId: 'lane-1',
		generations: new ReplicaGenerations({
			replica,
			seen: () => null,
			shows: () => undefined,
			changed: () => undefined,
		}),
		ownSeqOf: () => 0,
		heard: () => undefined,
		stored: () => undefined,
		progressed: () => undefined,
	});
	const running = feed.run();
	await clock.pass(20_000);
	stop.stop();
	await running;
	return { told, documents: kept.documents };
}

it('asks for the next page while one is being stored, and for no more than that', async () => {
	const { told, documents } = await follow(30);
	expect(documents.size).toBe(30);
	expect(told.slice(0, 9)).toEqual([
		'ask 0',
		'ask 10',
		'begin 10',
		'end 10',
		'ask 20',
		'begin 20',
		'end 20',
		'begin 30',
		'end 30',
	]);
});

it('stores a page again, and none after it, when the replica failed to', async () => {
	let failures = 1;
	const { told, documents } = await follow(30, (replica) => ({
		...replica,
		store: async (generation, page) => {
			if (page.position === 20 && failures-- > 0) throw new Error('no room');
			await replica.store(generation, page);
		},
	}));
	expect(documents.size).toBe(30);
	expect(told.filter((each) => each.startsWith('end'))).toEqual(['end 10', 'end 20', 'end 30']);
});

it('waits longer and longer when the replica can store nothing, instead of asking central without a pause', async () => {
	const { told } = await follow(30, (replica) => ({
		...replica,
		store: async () => {
			throw new Error('no room');
		},
	}));
	expect(told.filter((each) => each === 'ask 0').length).toBeLessThan(12);
});
