import { createHash } from 'node:crypto';
import { checkCentral } from './central-checks.ts';
import { type Decision, decisionsOf, type StoryShape } from './decision.ts';
import { checkDevices } from './device-checks.ts';
import { openForBusiness } from './device-work.ts';
import { EventQueue } from './event-queue.ts';
import { checkAtRest, comeToRest, digest } from './final-checks.ts';
import { beginningMs } from './machine.ts';
import type { MemoryPostgres } from './memory-postgres.ts';
import { ownProcess } from './owned-process.ts';
import { perform } from './perform.ts';
import { type Plant, type PlantName, plants } from './plants.ts';
import { Violation } from './violation.ts';
import { type Figures, openWorld, type World } from './world.ts';

export interface StoryResult {
	readonly violation: Violation | null;
	readonly figures: Figures & { readonly crashes: number };
	/** Two runs of one seed have the same. */
	readonly traceHash: string;
	/** In words. */
	readonly story: readonly string[];
	readonly trace: readonly string[];
}

export interface StoryOptions {
	readonly plant?: PlantName | null;
	/** In place of those that follow from the seed. */
	readonly decisions?: readonly Decision[];
}

/** Between two looks at everything so many steps may happen. */
const stepsBetweenChecks = 8;

/** Tells one story from its beginning to its end. Stories of one process must not overlap. */
export async function runStory(
	postgres: MemoryPostgres,
	shape: StoryShape,
	options: StoryOptions = {},
): Promise<StoryResult> {
	const queue = new EventQueue();
	const plant: Plant | null = options.plant ? plants[options.plant] : null;
	const decisions = options.decisions ?? decisionsOf(shape);
	return ownProcess(
		shape.seed,
		() => beginningMs + queue.nowMs,
		async () => {
			const world = await openWorld(shape, postgres, queue, plant);
			postgres.plant(plant?.statement ?? null);
			const stray: unknown[] = [];
			const catchStray = (error: unknown) => void stray.push(error);
			process.on('unhandledRejection', catchStray);
			let violation: Violation | null = null;
			try {
				await tellStory(world, decisions);
				world.trace.push(await digest(world));
				const lost = stray.find((error) => !(error instanceof Error && error.name === 'PowerCut'));
				if (lost !== undefined) throw lost;
			} catch (error) {
				violation = asViolation(error);
				world.trace.push(`${violation.invariant}: ${violation.message}`);
			} finally {
				postgres.filter(null);
				postgres.plant(null);
				for (const machine of world.machines) machine.stop(1);
				await world.central.close();
				process.off('unhandledRejection', catchStray);
			}
			const { figures, central, trace, story } = world;
			const traceHash = createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
			return { violation, figures: { ...figures, crashes: central.crashes }, traceHash, story, trace };
		},
	);
}

async function tellStory(world: World, decisions: readonly Decision[]): Promise<void> {
	await openForBusiness(world);
	for (const [index, decision] of decisions.entries()) {
		await world.queue.passUntil(world.queue.nowMs + decision.afterMs);
		await perform(world, decision);
		if (index % stepsBetweenChecks !== stepsBetweenChecks - 1) continue;
		await world.queue.passUntil(world.queue.nowMs);
		await checkEverything(world);
	}
	await comeToRest(world);
	await checkEverything(world);
	await checkAtRest(world);
	await checkEverything(world);
}

async function checkEverything(world: World): Promise<void> {
	await checkCentral(world);
	await checkDevices(world);
}

function asViolation(error: unknown): Violation {
	if (error instanceof Violation) return error;
	return new Violation('crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
}
