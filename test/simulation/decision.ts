import { seeded } from './seeded.ts';

/** What may happen in a story. Work is people's; the rest is bad luck, or central's own doing. */
export const decisionKinds = {
	work: 60,
	capture: 9,
	wait: 6,
	weather: 5,
	cut_off: 4,
	cut_site: 2,
	kill: 3,
	power_cut: 4,
	full_disk: 2,
	wipe_replica: 1.5,
	clock: 2,
	outage: 2,
	crash: 4,
	back_up: 2,
	restore: 1,
	leap: 0.6,
	move: 5,
	balance: 6,
	reserve: 4,
	copy_disk: 1,
	disk_image: 1.5,
	flip_byte: 1,
	lose_key: 0.7,
	lose_identity: 0.7,
	new_schema: 1,
	old_app: 1,
	damage_replica: 1,
	purge: 0.5,
} as const satisfies Record<string, number>;
export type DecisionKind = keyof typeof decisionKinds;
export const isDecisionKind = (kind: string): kind is DecisionKind => Object.hasOwn(decisionKinds, kind);

/** One step of a story. Everything about it follows from these few numbers and from how the world stands by then. */
export interface Decision {
	/** After the step before. */
	readonly afterMs: number;
	readonly kind: DecisionKind;
	/** Whose: a device's or a site's number; wraps around. */
	readonly whose: number;
	/** Seeds every choice within the step. */
	readonly roll: number;
}

export interface StoryShape {
	readonly seed: number;
	readonly steps: number;
	readonly devices: number;
	readonly sites: number;
	/** The only kinds of bad luck that happen; without it each seed chooses its own. */
	readonly faults?: readonly DecisionKind[];
}

/** The steps of a seed's story. Each seed has faults of its own: a few kinds often show more than all of them rarely. */
export function decisionsOf({ seed, steps, faults }: StoryShape): readonly Decision[] {
	const random = seeded('decisions', seed);
	const isAlways = (kind: string) => kind === 'work' || kind === 'capture' || kind === 'wait' || kind === 'balance';
	const weights = Object.entries(decisionKinds).map(([kind, weight]): readonly [DecisionKind, number] => {
		const isChosen = random.chance(0.5);
		const isIn = isAlways(kind) || (faults?.some((fault) => fault === kind) ?? isChosen);
		return [kind as DecisionKind, isIn ? weight * (isAlways(kind) ? 1 : random.between(1, 3)) : 0];
	});
	const pace = random.pick([300, 1500, 6000]);
	return Array.from({ length: steps }, (_, index): Decision => {
		const kind = index < 4 ? 'capture' : index === 4 ? 'balance' : random.weighted(weights);
		return { afterMs: random.below(pace), kind, whose: random.below(720_720), roll: random.below(2 ** 31) };
	});
}
