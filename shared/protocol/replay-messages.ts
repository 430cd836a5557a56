import { type Static, Type } from 'typebox';
import { Count, Id, LongText, OneOf, PlainDate, ShortText } from '../schema/field.ts';
import { PlanTerms } from '../schema/routing-decision.ts';
import { RoutingSet, RoutingWeights } from '../schema/routing-rules.ts';
import { siteKinds } from '../schema/site.ts';
import { Problem } from './messages.ts';

const strict = { additionalProperties: false } as const;
const some = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Array(item, { maxItems: 5000 });

const { currency: _currency, zones: _zones, ...costs } = RoutingWeights.properties;
/** Weights that count instead of those of the rules; the others stay. */
export const ChangedWeights = Type.Partial(Type.Object(costs), strict);
export type ChangedWeights = Readonly<Static<typeof ChangedWeights>>;

const Cost = Type.Number({ minimum: 0, maximum: 1e12 });
/** Rates that count instead of those of the file, under their names and in the currency there. */
export const ChangedRates = Type.Object(
	{ splitPenalty: Type.Optional(Cost), unfilledPenalty: Type.Optional(Cost) },
	strict,
);
export type ChangedRates = Readonly<Static<typeof ChangedRates>>;

export const mostFileBytes = 10 * 1024 * 1024;
/** So many characters of base64. */
const mostFileText = 4 * Math.ceil(mostFileBytes / 3);

/**
 * What is routed twice: a past day, by the published rules and again with what is different; or a file, as it is and again with what is
 * different. Exactly one of `day` and `file` is given.
 */
export const ReplayRequest = Type.Object(
	{
		/** In UTC: the orders to be shipped that were placed on it. */
		day: Type.Optional(PlainDate),
		/** Of a day: `published` when absent. */
		rules: Type.Optional(OneOf(['published', 'draft'])),
		/** Of a day: other rules altogether, instead of `rules`. */
		routing: Type.Optional(RoutingSet),
		/** Of a day. */
		weights: Type.Optional(ChangedWeights),
		/** An instance in the format of `npm run route`: its bytes in base64, plain JSON or gzip. */
		file: Type.Optional(Type.String({ minLength: 1, maxLength: mostFileText })),
		/** Of a file. */
		rates: Type.Optional(ChangedRates),
		/** They send nothing, as if they were closed all day. */
		closedSiteIds: Type.Optional(some(Id)),
		/** Units a day instead of the site's own. */
		capacities: Type.Optional(some(Type.Object({ siteId: Id, units: Count }, strict))),
	},
	strict,
);
export type ReplayRequest = Readonly<Static<typeof ReplayRequest>>;

const Amount = Type.Number();
const Terms = Type.Object(
	Object.fromEntries(Object.keys(PlanTerms.properties).map((name) => [name, Amount])) as {
		[Name in keyof Static<typeof PlanTerms>]: typeof Amount;
	},
);
export type ReplayTerms = Readonly<Static<typeof Terms>>;

export const ReplayTotals = Type.Object({
	orders: Count,
	lines: Count,
	units: Count,
	shippedUnits: Count,
	unfilledUnits: Count,
	/** Orders of which every unit is shipped. */
	wholeOrders: Count,
	parcels: Count,
	/** Orders in more than one parcel. */
	splitOrders: Count,
	/** Parcels that leave after the promise, and by how many days together. */
	lateParcels: Count,
	lateDays: Count,
	/** Of both runs at the same costs, so that they can be compared: those of the published rules, or of the file. */
	terms: Terms,
	cost: Amount,
	/** At the costs that the run itself went by. */
	ownCost: Amount,
});
export type ReplayTotals = Readonly<Static<typeof ReplayTotals>>;

const SiteLoad = Type.Object({ units: Count, parcels: Count, capacityUnits: Type.Integer({ minimum: 0 }) });

const Share = Type.Object({ siteName: ShortText, units: Count });

/** The same orders routed twice. */
export const ReplayComparison = Type.Object({
	/** Absent for a file. */
	day: Type.Optional(PlainDate),
	/** Costs of a day are in its minor units; those of a file as they stand there. */
	currency: Type.Optional(ShortText),
	before: ReplayTotals,
	after: ReplayTotals,
	/** Those that send something in one of the two, the largest load first. */
	sites: Type.Array(Type.Object({ siteId: Id, siteName: ShortText, before: SiteLoad, after: SiteLoad })),
	/** Orders whose sites differ, and the first of them. */
	movedOrders: Count,
	moved: Type.Array(Type.Object({ order: ShortText, before: Type.Array(Share), after: Type.Array(Share) })),
	/** What could not be used of a file, with its place there; and how many such places there are. */
	faults: Type.Array(Type.Object({ place: LongText, what: LongText })),
	faultCount: Count,
});
export type ReplayComparison = Readonly<Static<typeof ReplayComparison>>;

/** How far a replay is. `unknown`: it was given up long ago, or runs on another server. */
export const ReplayState = Type.Object({
	state: OneOf(['running', 'done', 'failed', 'stopped', 'unknown']),
	/** Orders routed in both runs, of so many; of 0 as long as they are being read. */
	done: Count,
	of: Count,
	comparison: Type.Optional(ReplayComparison),
	/** With `failed`. */
	problem: Type.Optional(Problem),
});
export type ReplayState = Readonly<Static<typeof ReplayState>>;

/** What a screen offers before anything is replayed. */
export const ReplayChoices = Type.Object({
	/** The first and the last day on which orders to be shipped were placed; absent where there are none. */
	firstDay: Type.Optional(PlainDate),
	lastDay: Type.Optional(PlainDate),
	/** The last of them that is over. */
	lastWholeDay: Type.Optional(PlainDate),
	weights: RoutingWeights,
	hasDraft: Type.Boolean(),
	/** Those that ship. */
	sites: Type.Array(Type.Object({ siteId: Id, siteName: ShortText, kind: OneOf(siteKinds), capacityUnits: Count })),
});
export type ReplayChoices = Readonly<Static<typeof ReplayChoices>>;

export const ReplayStarted = Type.Object({
	/** Absent where it was refused, and `problem` says why. */
	replayId: Type.Optional(Id),
	problem: Type.Optional(Problem),
});
export const ReplayQuestion = Type.Object({ replayId: Id }, strict);
