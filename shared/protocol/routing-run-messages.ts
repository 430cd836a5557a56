import { type Static, Type } from 'typebox';
import { Count, Id, Instant, LongText, OneOf, ShortText } from '../schema/field.ts';

/**
 * `planning` until its whole plan is written, `publishing` until every move is made or dropped. `failed`: it came to no plan. `abandoned`: the server
 * ended, and what it had planned is too old to be made now.
 */
export const routingRunStates = ['planning', 'publishing', 'published', 'failed', 'abandoned'] as const;
export type RoutingRunState = (typeof routingRunStates)[number];

/** Why a move was not made after all. */
export const moveDropReasons = [
	'started',
	'order_changed',
	'stock_changed',
	'rules_changed',
	/** Nobody knows what the people of a site have begun meanwhile. */
	'site_silent',
	'too_old',
	'failed',
] as const;
export type MoveDropReason = (typeof moveDropReasons)[number];

const Minor = Type.Integer();

/** What a run found. Costs are in minor units of its currency. */
export const RoutingRunFindings = Type.Object({
	/** Orders with units that no site had started. */
	orders: Count,
	units: Count,
	currency: Type.String({ pattern: '^[A-Z]{3}$' }),
	/** What these orders cost as they were. */
	presentMinor: Minor,
	/** What they cost with the planned moves, counting what moving costs. */
	movedMinor: Minor,
	/** What the plan of all orders together costs, and the bound that no plan goes below. */
	plannedMinor: Minor,
	boundMinor: Minor,
	/** (planned − bound) / (bound − what no plan can save). */
	gap: Type.Number({ minimum: 0 }),
	/** By what the plans were chosen in the end. */
	chosenBy: ShortText,
	/** Why not by the solver. */
	because: Type.Optional(LongText),
	seconds: Type.Number({ minimum: 0 }),
	steps: Type.Array(Type.Object({ name: ShortText, seconds: Type.Number(), gap: Type.Number() })),
	/** The published version of the routing rules. */
	rulesVersion: Count,
});
export type RoutingRunFindings = Readonly<Static<typeof RoutingRunFindings>>;

export const RoutingRun = Type.Object({
	id: Id,
	state: OneOf(routingRunStates),
	/** The server that began it. */
	server: ShortText,
	startedAt: Instant,
	finishedAt: Type.Union([Instant, Type.Null()]),
	/** Absent until it has planned. */
	findings: Type.Optional(RoutingRunFindings),
	/** What went wrong. */
	problem: Type.Optional(LongText),
	moves: Type.Object({ planned: Count, applied: Count, dropped: Count }),
	/** What the moves that were made save. */
	savedMinor: Minor,
});
export type RoutingRun = Readonly<Static<typeof RoutingRun>>;

/** The latest runs, the newest first. */
export const RoutingRuns = Type.Object({ runs: Type.Array(RoutingRun) });

const UnitsThere = Type.Object({ siteId: Id, sku: Id, units: Count });

/** An order that a run moves. */
export const RoutingRunMove = Type.Object({
	orderId: Id,
	orderNumber: Id,
	/** Moves of the same group are made together, or none of them. */
	group: Count,
	state: OneOf(['planned', 'applied', 'dropped'] as const),
	reason: Type.Optional(OneOf(moveDropReasons)),
	from: Type.Array(UnitsThere),
	to: Type.Array(UnitsThere),
	/** Below zero where it gives way to another order of its group. */
	savedMinor: Minor,
});
export type RoutingRunMove = Readonly<Static<typeof RoutingRunMove>>;
