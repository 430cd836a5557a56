import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import type { StoryShape } from './decision.ts';
import type { EventQueue } from './event-queue.ts';
import { beginningMs, Machine, type MachineParts } from './machine.ts';
import type { MemoryPostgres } from './memory-postgres.ts';
import type { Plant } from './plants.ts';
import { seeded } from './seeded.ts';
import { openShop, siteIds } from './shop.ts';
import { type SimulatedCentral, simulatedCentral } from './simulated-central.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

export const grantSecret = 'the simulated grant secret';

/** An operation of which a device has said that it is saved. */
export interface Promised {
	readonly operation: OperationEnvelope;
	readonly machine: Machine;
}

export interface Figures {
	steps: number;
	operations: number;
	requests: number;
	powerCuts: number;
	restores: number;
	clones: number;
	moves: number;
}

/** Everything there is in one story. */
export interface World {
	readonly shape: StoryShape;
	readonly queue: EventQueue;
	readonly postgres: MemoryPostgres;
	readonly central: SimulatedCentral;
	readonly machines: Machine[];
	readonly machineParts: Omit<MachineParts, 'name' | 'siteId'>;
	readonly siteIds: readonly string[];
	readonly promised: Map<string, Promised>;
	/** Ids of operations that an accident took from a disk. */
	readonly taken: Set<string>;
	/** Those of them of which nobody had a copy left: they may be missing. */
	readonly excused: Set<string>;
	/** Ids of devices of which a disk was copied, changed or put back: they may promise a right twice. */
	readonly forkedDevices: Set<string>;
	/** Earlier states of disks. */
	readonly images: Map<Machine, readonly SimulatedDisk[]>;
	readonly figures: Figures;
	/** For the hash that two runs of a seed must share. */
	readonly trace: string[];
	/** The story so far, in words. */
	readonly story: string[];
	readonly serverLog: string[];
	epoch: string;
	hasBackup: boolean;
	codes: number;
}

export async function openWorld(
	shape: StoryShape,
	postgres: MemoryPostgres,
	queue: EventQueue,
	plant: Plant | null,
): Promise<World> {
	const random = seeded('world', shape.seed);
	const trace: string[] = [];
	const serverLog: string[] = [];
	const figures: Figures = { steps: 0, operations: 0, requests: 0, powerCuts: 0, restores: 0, clones: 0, moves: 0 };
	const sites = siteIds.slice(0, shape.sites);
	await postgres.reset({ epoch: 'epoch-1', grant_secret: grantSecret });
	await openShop(postgres.db, sites, random, Temporal.Instant.fromEpochMilliseconds(beginningMs).toString());
	const central = simulatedCentral(postgres, grantSecret, {
		log: (line) => void serverLog.push(line),
		served: async () => {
			figures.requests += 1;
		},
		// Whoever watches over the server starts it again.
		killed: () => void queue.after(2_000, () => central.start()),
	});
	await central.start();
	const note = (line: string) => void trace.push(`${Math.round(queue.nowMs)} ${line}`);
	const machineParts = { queue, central, seed: shape.seed, trace: note, plant };
	const machines = Array.from({ length: shape.devices }, (_, index) => {
		const siteId = sites[index % sites.length] ?? '';
		return new Machine({ ...machineParts, name: `device ${index + 1}`, siteId });
	});
	const world: World = {
		shape,
		queue,
		postgres,
		central,
		machines,
		siteIds: sites,
		promised: new Map(),
		taken: new Set(),
		excused: new Set(),
		forkedDevices: new Set(),
		images: new Map(),
		machineParts,
		figures,
		trace,
		story: [],
		serverLog,
		epoch: 'epoch-1',
		hasBackup: false,
		codes: 0,
	};
	const beat = () => {
		central.beat();
		queue.after(15_000, beat);
	};
	queue.after(15_000, beat);
	for (const machine of machines) await machine.start();
	return world;
}

/** One more sentence of the story. */
export function tell(world: World, words: string): void {
	const seconds = world.queue.nowMs / 1000;
	const line = `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')} ${words}`;
	world.story.push(line);
	world.trace.push(line);
}
