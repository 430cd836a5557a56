import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { StoredCheckpoint } from '../../shared/device/ports.ts';
import { project } from '../../shared/domain/projection.ts';
import { collections, type StreamName } from '../../shared/schema/documents.ts';
import { sharedStream, siteStream } from '../../sync-server/database/documents.ts';
import type { Machine } from './machine.ts';
import { checkOwnRights } from './rights-checks.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

interface StreamRow {
	readonly stream_id: string;
	readonly collection: keyof typeof collections;
	readonly document_id: string;
	readonly position: number;
	readonly deleted: boolean;
	readonly body: unknown;
}

/** What must hold at each device, however far it is. */
export async function checkDevices(world: World): Promise<void> {
	await checkOwnRights(world);
	const rows = await readStreams(world);
	const streams = await world.postgres.db.selectFrom('stream').select(['id', 'horizon']).execute();
	const horizons = new Map(streams.map(({ id, horizon }) => [id, horizon]));
	for (const machine of world.machines) {
		for (const stream of ['site', 'shared'] as const) checkReplica(world, machine, stream, rows, horizons);
		await checkProjection(world, machine);
	}
}

async function readStreams({ postgres: { db } }: World): Promise<readonly StreamRow[]> {
	const { rows } = await sql<StreamRow>`
		SELECT stream_id, collection, document_id, position, deleted, body FROM stream_document`.execute(db);
	return rows;
}

/** A replica at position p holds what the server held at p: newer rows tell nothing of it, older ones must be there. */
function checkReplica(
	world: World,
	machine: Machine,
	stream: StreamName,
	rows: readonly StreamRow[],
	horizons: ReadonlyMap<string, number>,
): void {
	const { replica } = machine;
	const checkpoint = replica.shown?.checkpoints[stream] ?? null;
	if (checkpoint === null || checkpoint.epoch !== world.epoch) return;
	const streamId = stream === 'shared' ? sharedStream : siteStream(machine.siteId);
	const known = new Map<string, StreamRow>();
	for (const row of rows) {
		if (row.stream_id !== streamId) continue;
		const key = `${row.collection}/${row.document_id}`;
		known.set(key, row);
		if (row.position > checkpoint.position) continue;
		const held = replica.documents.get(key);
		const fits = row.deleted ? held === undefined : held !== undefined && isDeepStrictEqual(held.body, row.body);
		if (fits) continue;
		const what = row.deleted ? 'still has' : held === undefined ? 'lacks' : 'has an old';
		throw new Violation(
			'replica',
			`${machine.name} is at ${checkpoint.position} and ${what} ${numberOf(row.body) ?? key} of position ${row.position}`,
		);
	}
	// Below the horizon tombstones may be gone: the device will be told to begin anew.
	if (checkpoint.position < (horizons.get(streamId) ?? 0)) return;
	for (const [key, { collection, body }] of replica.documents) {
		if (collections[collection].stream !== stream || known.has(key)) continue;
		throw new Violation('replica', `${machine.name} has ${numberOf(body) ?? key}, which the server does not know`);
	}
}

const shownStock = ['purchase_order', 'transfer', 'receipt', 'count', 'reservation'] as const;
const shownKinds = ['fulfillment_order', 'order', 'return', 'exception', ...shownStock] as const;

/** The projection is the replica with the operations on top whose effects the replica does not carry yet. */
async function checkProjection(world: World, machine: Machine): Promise<void> {
	const { core, replica } = machine;
	const live = machine.window?.live ?? null;
	const site = replica.shown?.checkpoints.site ?? null;
	if (core === null || live === null || site === null || site.epoch !== world.epoch) return;
	if ((await core.status()).enrolled === null) return;
	await checkOwnSeq(world, machine, site);
	const pending = (await core.operations(1_000_000))
		.filter(({ operation }) => operation.laneId !== site.laneId || operation.seq > site.ownSeq)
		.filter(({ outcome }) => outcome === null || outcome.outcome === 'applied')
		.map(({ operation }) => operation)
		// Each lane's in its order, those of a lane before first.
		.toReversed();
	const confirmed = <T>(collection: string, kind: string | null) => {
		const found = new Map<string, T>();
		for (const document of replica.documents.values()) {
			const body = document.body as { readonly kind?: string };
			if (document.collection === collection && (kind === null || body.kind === kind))
				found.set(document.id, body as T);
		}
		return found;
	};
	const documents = {
		fulfillment_order: confirmed<never>('work', 'fulfillment_order'),
		order: confirmed<never>('orders', null),
		return: confirmed<never>('work', 'return'),
		exception: confirmed<never>('meta', 'exception'),
		purchase_order: confirmed<never>('work', 'purchase_order'),
		transfer: confirmed<never>('work', 'transfer'),
		receipt: confirmed<never>('work', 'receipt'),
		count: confirmed<never>('work', 'count'),
		reservation: confirmed<never>('work', 'reservation'),
	};
	const overlay = project(
		machine.siteId,
		{
			fulfillmentOrder: (id) => documents.fulfillment_order.get(id),
			order: (id) => documents.order.get(id),
			returnCase: (id) => documents.return.get(id),
			exceptionCase: (id) => documents.exception.get(id),
			stockDocument: (id) => shownStock.map((kind) => documents[kind].get(id)).find((each) => each !== undefined),
		},
		pending,
	);
	const withStock = (kind: (typeof shownStock)[number]) =>
		new Map<string, unknown>([
			...documents[kind],
			...[...overlay.stockDocuments].filter(([, document]) => document.kind === kind),
		]);
	const expected: Readonly<Record<(typeof shownKinds)[number], ReadonlyMap<string, unknown>>> = {
		fulfillment_order: new Map<string, unknown>([...documents.fulfillment_order, ...overlay.fulfillmentOrders]),
		order: new Map<string, unknown>([...documents.order, ...overlay.orders]),
		return: new Map<string, unknown>([...documents.return, ...overlay.returnCases]),
		exception: new Map<string, unknown>([...documents.exception, ...overlay.exceptionCases]),
		purchase_order: withStock('purchase_order'),
		transfer: withStock('transfer'),
		receipt: withStock('receipt'),
		count: withStock('count'),
		reservation: withStock('reservation'),
	};
	for (const kind of shownKinds) {
		const shown = new Map<string, unknown>(live.all(kind).map((each) => [each.id, each]));
		for (const id of new Set([...shown.keys(), ...expected[kind].keys()])) {
			if (isDeepStrictEqual(shown.get(id), expected[kind].get(id))) continue;
			throw new Violation(
				'projection',
				`${machine.name} shows another ${kind} ${numberOf(shown.get(id) ?? expected[kind].get(id)) ?? id} than its replica ` +
					`at ${site.position} with ${pending.length} operations on top:${difference(shown.get(id), expected[kind].get(id))}`,
			);
		}
	}
}

/** What a page said of the device's own operations was true: it holds the effects of those, and of no others. */
async function checkOwnSeq({ postgres: { db } }: World, { name }: Machine, site: StoredCheckpoint): Promise<void> {
	const { rows } = await sql<{ seq: number; position: number }>`
		SELECT seq, position FROM operation WHERE lane_id = ${site.laneId} AND (
			(seq <= ${site.ownSeq} AND position > ${site.position}) OR (seq > ${site.ownSeq} AND position < ${site.position})
		) LIMIT 1`.execute(db);
	const [wrong] = rows;
	if (wrong === undefined) return;
	const words = `is at ${site.position} with its operations up to ${site.ownSeq}, but ${wrong.seq} is at ${wrong.position}`;
	throw new Violation('projection', `${name} ${words}`);
}

/** Where two documents differ, for the report of a failure. */
function difference(shown: unknown, expected: unknown): string {
	const short = (value: unknown) => JSON.stringify(value)?.slice(0, 400) ?? 'nothing';
	if (typeof shown !== 'object' || typeof expected !== 'object' || !shown || !expected)
		return ` shown ${short(shown)}, expected ${short(expected)}`;
	const parts = Object.keys({ ...shown, ...expected }).flatMap((key) => {
		const [a, b] = [shown[key as never] as unknown, expected[key as never] as unknown];
		return isDeepStrictEqual(a, b) ? [] : [`\n  ${key}: shown ${short(a)}\n    expected ${short(b)}`];
	});
	return parts.join('');
}

function numberOf(body: unknown): string | undefined {
	const { number, kind } = (body ?? {}) as { readonly number?: string; readonly kind?: string };
	return number === undefined ? undefined : `${kind ?? 'order'} ${number}`;
}
