import type { Kysely } from 'kysely';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RoutingRun } from '../../shared/protocol/routing-run-messages.ts';
import { operationTypes } from '../../shared/schema/operation.ts';
import type { Database } from '../database/open-database.ts';
import type { Tables } from '../database/tables.ts';
import type { WakeHub } from '../feed/wake.ts';

export interface Metrics {
	readonly registry: Registry;
	/** An operation that was taken in for the first time. */
	tookIn(type: string, outcome: string): void;
	answered(route: string, method: string, status: number, seconds: number): void;
	/** A routing run that has come to its end here. */
	routed(run: RoutingRun): void;
}

const known: readonly string[] = operationTypes;

/** What Prometheus may ask about this server; docs: https://prometheus.io/docs/practices/naming/ */
export function openMetrics(parts: { readonly database: Database; readonly hub: WakeHub }): Metrics {
	const { database, hub } = parts;
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry });
	const operations = new Counter({
		name: 'backstock_operations_total',
		help: 'Operations taken in, by type and outcome',
		labelNames: ['type', 'outcome'],
		registers,
	});
	const requests = new Histogram({
		name: 'backstock_request_seconds',
		help: 'How long requests took, by route and status',
		labelNames: ['route', 'method', 'status'],
		buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
		registers,
	});
	const routingRuns = new Counter({
		name: 'backstock_routing_runs_total',
		help: 'Routing runs that ended at this server, by how they ended',
		labelNames: ['state'],
		registers,
	});
	const routingMoves = new Counter({
		name: 'backstock_routing_moves_total',
		help: 'Orders that routing runs planned to move: applied, or dropped as something was other than planned',
		labelNames: ['state'],
		registers,
	});
	const routingGap = new Gauge({
		name: 'backstock_routing_gap_ratio',
		help: 'How far the last routing run was above its own bound, as a part of what can be saved at all',
		registers,
	});
	const routingSeconds = new Gauge({
		name: 'backstock_routing_seconds',
		help: 'How long the last routing run took to plan',
		registers,
	});
	new Gauge({
		name: 'backstock_event_clients',
		help: 'Devices that listen for server-sent events',
		registers,
		collect() {
			this.set(hub.size());
		},
	});
	new Gauge({
		name: 'backstock_database_connections',
		help: 'Database connections: open, idle, and callers that wait for one',
		labelNames: ['state'],
		registers,
		collect() {
			for (const [state, count] of Object.entries(database.connections())) this.set({ state }, count);
		},
	});
	new Gauge({
		name: 'backstock_stream_head',
		help: "Each stream's latest position; absent while the database is away",
		labelNames: ['stream'],
		registers,
		async collect() {
			this.reset();
			for (const { id, head } of await streamHeads(database.db)) this.set({ stream: id }, head);
		},
	});
	return {
		registry,
		// A device may send any text as a type: each would be a time series of its own.
		tookIn: (type, outcome) => operations.inc({ type: known.includes(type) ? type : 'unknown', outcome }),
		answered: (route, method, status, seconds) => requests.observe({ route, method, status }, seconds),
		routed: ({ state, moves, findings }) => {
			routingRuns.inc({ state });
			routingMoves.inc({ state: 'applied' }, moves.applied);
			routingMoves.inc({ state: 'dropped' }, moves.dropped);
			if (findings === undefined) return;
			routingGap.set(findings.gap);
			routingSeconds.set(findings.seconds);
		},
	};
}

async function streamHeads(db: Kysely<Tables>) {
	try {
		return await db.selectFrom('stream').select(['id', 'head']).execute();
	} catch {
		return [];
	}
}
