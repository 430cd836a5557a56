import type { Kysely } from 'kysely';
import { isDay } from '../../../../shared/domain/check-rule-parts.ts';
import type { Problem } from '../../../../shared/protocol/messages.ts';
import { mostFileBytes, type ReplayRequest } from '../../../../shared/protocol/replay-messages.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Clock } from '../../../clock.ts';
import type { Tables } from '../../../database/tables.ts';
import { problemOfFaults, type WordedRemark } from '../../rules/check-rule-set.ts';
import { routingSubject } from '../../rules/routing-subject.ts';
import type { FindPlace } from '../place-of-address.ts';
import { type ReplayableDays, readReplayableDays, readReplayDay } from './read-replay-day.ts';
import type { ReplayScenario } from './replay-day.ts';
import { readRoutings } from './replay-routing.ts';
import type { ReplayTask } from './replay-task.ts';

export interface ReplayParts {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace: FindPlace;
}

export type PreparedReplay =
	| { readonly ok: true; readonly task: ReplayTask }
	| { readonly ok: false; readonly status: 400 | 404 | 413; readonly problem: Problem };

const mostOrders = 20_000;

/** Reads what is to be replayed, or says what can't be replayed about it. Nothing is changed and nothing is locked. */
export async function prepareReplay(parts: ReplayParts, request: ReplayRequest): Promise<PreparedReplay> {
	const fault = contradictionIn(request);
	if (fault !== undefined) return fault;
	const { day, file } = request;
	if (file !== undefined) return prepareFile(file, request);
	if (day !== undefined) return await prepareDay(parts, day, request);
	return refuse('nothing_to_replay', 'Either a day or a file is to be replayed.', '/day');
}

const onlyOfDays = ['day', 'rules', 'routing', 'weights'] as const;

/** What doesn't go together. */
function contradictionIn(request: ReplayRequest): PreparedReplay | undefined {
	const { file, rates, rules, routing } = request;
	const ofDay = onlyOfDays.find((field) => request[field] !== undefined);
	if (file !== undefined && ofDay !== undefined) {
		return refuse('of_a_day', `\`${ofDay}\` says something of a day, and a file is to be replayed.`, `/${ofDay}`);
	}
	if (file === undefined && rates !== undefined) {
		return refuse('of_a_file', '`rates` are those of a file. Of a day, `weights` are changed.', '/rates');
	}
	if (rules !== undefined && routing !== undefined) {
		return refuse('two_rules', 'Either `rules` or `routing` says what is different, not both.', '/routing');
	}
	const seen = new Set<string>();
	const twice = sitesNamed({ ...request, closedSiteIds: [] }).find(({ siteId }) => seen.size === seen.add(siteId).size);
	return twice && refuse('site_twice', `The site "${twice.siteId}" stands there twice.`, twice.where);
}

function prepareFile(file: string, { rates = {}, closedSiteIds = [], capacities = [] }: ReplayRequest): PreparedReplay {
	// What is no base64 is passed over by the decoder, and would be told as a damaged file.
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(file) || file.length % 4 !== 0) {
		return refuse('not_base64', 'The file is not in base64.', '/file');
	}
	const bytes = Buffer.from(file, 'base64');
	return {
		ok: true,
		task: { kind: 'file', bytes, mostBytes: mostFileBytes, changes: { rates, closedSiteIds, capacities } },
	};
}

async function prepareDay(parts: ReplayParts, day: string, request: ReplayRequest): Promise<PreparedReplay> {
	const { db, clock, findPlace } = parts;
	const { weights = {}, closedSiteIds = [], capacities = [] } = request;
	if (!isDay(day)) return refuse('no_such_day', `There is no day "${day}".`, '/day');
	const now = clock.now();
	const today = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
	if (day > today) return refuse('day_to_come', `The day ${day} is still to come. Today it is ${today} (UTC).`, '/day');
	const routings = await readRoutings(db);
	if (request.rules === 'draft' && routings.draft === undefined) {
		return refuse('no_draft', 'There is no draft of the routing rules.', '/rules');
	}
	const asked: RoutingSet =
		request.routing ?? (request.rules === 'draft' ? routings.draft : undefined) ?? routings.published;
	if (request.routing !== undefined) {
		const { faults } = await routingSubject.check(db, request.routing, today);
		if (faults.length > 0) return { ok: false, status: 400, problem: faultyRouting(faults) };
	}
	const read = await readReplayDay(db, { day, now, findPlace, mostOrders });
	if (read === undefined) {
		const message = `More than ${mostOrders} orders to be shipped were placed on ${day}; so many can be replayed at once.`;
		return refuse('too_many_orders', message, '/day', 413);
	}
	const known = new Set(read.sites.map(({ id }) => id));
	const unknown = sitesNamed(request).find(({ siteId }) => !known.has(siteId));
	if (unknown !== undefined) return refuse('unknown_site', `There is no site "${unknown.siteId}".`, unknown.where);
	if (read.orders.length === 0) return noOrders(day, await readReplayableDays(db, now));
	const before: ReplayScenario = { routing: routings.published, closedSiteIds: [], capacities: [] };
	const routing = { ...asked, weights: { ...asked.weights, ...weights } };
	return { ok: true, task: { kind: 'day', day: read, before, after: { routing, closedSiteIds, capacities } } };
}

interface NamedSite {
	readonly siteId: string;
	readonly where: string;
}

function sitesNamed({ closedSiteIds = [], capacities = [] }: ReplayRequest): readonly NamedSite[] {
	return [
		...closedSiteIds.map((siteId, index) => ({ siteId, where: `/closedSiteIds/${index}` })),
		...capacities.map(({ siteId }, index) => ({ siteId, where: `/capacities/${index}/siteId` })),
	];
}

function faultyRouting(faults: readonly WordedRemark[]): Problem {
	const problem = problemOfFaults(faults);
	return { ...problem, where: `/routing${problem.where ?? ''}` };
}

function noOrders(day: string, { firstDay, lastDay }: ReplayableDays): PreparedReplay {
	const message = `No order to be shipped was placed on ${day} (UTC).`;
	const whatToDo =
		firstDay === undefined
			? 'There are none at all yet.'
			: `Choose a day from ${firstDay} to ${lastDay} on which there were some.`;
	return { ok: false, status: 404, problem: { error: 'no_orders', message, where: '/day', whatToDo } };
}

function refuse(error: string, message: string, where: string, status: 400 | 413 = 400): PreparedReplay {
	return { ok: false, status, problem: { error, message, where } };
}
