import { parseArgs } from 'node:util';
import { isDecisionKind, type StoryShape } from './decision.ts';
import { isPlantName, type PlantName, plants } from './plants.ts';

/** What `npm run sim` was asked for. */
export interface StoryCommand {
	readonly from: number;
	readonly seeds: number;
	readonly shape: Omit<StoryShape, 'seed'>;
	readonly plant: PlantName | null;
	readonly workers: number;
	readonly shrink: boolean;
	/** Prints each story, and its trace's hash. */
	readonly isTold: boolean;
}

export const usage =
	'npm run sim -- [--seeds 200] [--from 0] [--seed 17] [--devices 5] [--sites 2] [--steps 100] [--workers 2]\n' +
	`              [--no-shrink] [--tell] [--faults kill,restore] [--plant ${Object.keys(plants).join('|')}]`;

/** @throws in words, when an option is not known or no whole number. */
export function readStoryCommand(args: readonly string[]): StoryCommand {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		args: [...args],
		options: {
			...{ seeds: text, seed: text, from: text, devices: text, sites: text, steps: text, workers: text, plant: text },
			faults: text,
			'no-shrink': { type: 'boolean' },
			tell: { type: 'boolean' },
		},
	});
	const count = (name: 'seeds' | 'seed' | 'from' | 'devices' | 'sites' | 'steps' | 'workers', otherwise: number) => {
		const given = values[name];
		if (given === undefined) return otherwise;
		if (!/^\d{1,9}$/.test(given)) throw new Error(`--${name} must be a whole number, not "${given}".`);
		return Number(given);
	};
	const { plant } = values;
	const faults = values.faults?.split(',').map((fault) => {
		if (!isDecisionKind(fault)) throw new Error(`There is no fault "${fault}".`);
		return fault;
	});
	if (plant !== undefined && !isPlantName(plant)) throw new Error(`There is no plant "${plant}".`);
	const single = values.seed === undefined ? null : count('seed', 0);
	return {
		from: single ?? count('from', 0),
		seeds: single === null ? count('seeds', 200) : 1,
		shape: {
			devices: count('devices', 5),
			sites: Math.min(8, count('sites', 2)),
			steps: count('steps', 100),
			...(faults && { faults }),
		},
		plant: plant ?? null,
		workers: single === null ? Math.max(1, count('workers', 2)) : 1,
		shrink: values['no-shrink'] !== true,
		isTold: values.tell === true,
	};
}

/** The line that tells one story again. */
export function replayLine(seed: number, { shape, plant }: Pick<StoryCommand, 'shape' | 'plant'>): string {
	const { devices, sites, steps, faults } = shape;
	const bad = faults === undefined ? '' : ` --faults ${faults.join(',')}`;
	const planted = plant === null ? '' : ` --plant ${plant}`;
	return `npm run sim -- --seed ${seed} --devices ${devices} --sites ${sites} --steps ${steps}${bad}${planted}`;
}
