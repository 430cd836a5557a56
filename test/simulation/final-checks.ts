import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { maxOperationsPerPush, syncRoutes } from '../../shared/protocol/messages.ts';
import { release, releaseHeader } from '../../shared/protocol/release.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import { sharedStream, siteStream } from '../../sync-server/database/documents.ts';
import { doWork } from './device-work.ts';
import { isReplaced, readIdentities } from './held-identities.ts';
import type { Machine } from './machine.ts';
import { balance } from './perform.ts';
import { checkRightsAtRest, isAskedBack } from './rights-checks.ts';
import { seeded } from './seeded.ts';
import { fairWeather } from './simulated-network.ts';
import { startMachine } from './start-machine.ts';
import { Violation } from './violation.ts';
import { tell, type World } from './world.ts';

const restMs = 15_000;
const longestRestMs = 40 * 60_000;
/** A device whose disk was full till now answers with its next page, for which it asks every 30 s. */
const longestAnswerMs = 45_000;

/** Heals everything and waits until nothing moves any more. */
export async function comeToRest(world: World): Promise<void> {
	tell(world, 'everything is healed');
	world.central.disarm();
	await world.central.start();
	await balance(world);
	for (const machine of world.machines) {
		machine.weather = fairWeather;
		machine.clockErrorMs = 0;
		machine.disk.fill(false);
		machine.disk.cutPowerAt(Number.POSITIVE_INFINITY, 0);
		if (machine.release === null) continue;
		machine.stop(1);
		machine.release = null;
		await startMachine(world, machine);
	}
	const random = seeded('rest', world.shape.seed);
	const untilMs = world.queue.nowMs + longestRestMs;
	const answeredMs = world.queue.nowMs + longestAnswerMs;
	let why = '';
	const helped = new Set<Machine>();
	while (world.queue.nowMs < untilMs) {
		await world.queue.passUntil(world.queue.nowMs + restMs);
		const restless = await firstRestless(world, helped);
		if (restless === null && world.queue.nowMs < answeredMs && (await isAskedBack(world))) continue;
		if (restless === null) return;
		why = restless.why;
		const { machine } = restless;
		if (machine.core === null) {
			if (machine.disk.isPowerless) machine.stop(1);
			await startMachine(world, machine);
		} else if (restless.needsAPerson) {
			helped.add(machine);
			await doWork(world, machine, random);
		} else await machine.core.retryNow();
	}
	throw new Violation('quiescence', why);
}

async function firstRestless(
	world: World,
	helped: ReadonlySet<Machine>,
): Promise<{ machine: Machine; why: string; needsAPerson: boolean } | null> {
	const rows = await world.postgres.db.selectFrom('stream').select(['id', 'head']).execute();
	const heads = new Map(rows.map(({ id, head }) => [id, head]));
	const identities = await readIdentities(world);
	for (const machine of world.machines) {
		if (machine.core === null) return { machine, why: `${machine.name} is off`, needsAPerson: false };
		const status = await machine.core.status();
		// Nobody ever used it.
		const isUnused = (await machine.disk.secrets.read()) === null && (await machine.disk.folder.list()).length === 0;
		if (status.enrolled === null && isUnused && !machine.isBusy) continue;
		const { kind } = status.connection;
		const needsAPerson = status.enrolled === null || kind === 'credential' || kind === 'lane_frozen';
		const told = (what: string) => ({
			machine,
			why: `${machine.name} ${what} (${JSON.stringify(status.connection)})`,
			needsAPerson,
		});
		if (machine.isBusy) return told('is busy');
		if (status.waiting === 0 && helped.has(machine) && isReplaced(machine, identities)) continue;
		if (needsAPerson) return told(`is ${status.enrolled === null ? 'not enrolled' : kind}`);
		// A device that sends nothing hears of it when it next asks for its streams.
		if (!identities.get(machine)?.isTaken) return told('has not heard yet that its enrollment was withdrawn');
		if (status.waiting > 0) return told(`has ${status.waiting} operations waiting`);
		const { site, shared } = status.streams;
		const isAt = (stream: string, progress: typeof site) =>
			progress !== null && progress.epoch === world.epoch && progress.position === (heads.get(stream) ?? 0);
		if (!isAt(siteStream(machine.siteId), site)) return told("has not all of its site's stream");
		if (!isAt(sharedStream, shared)) return told('has not all of the shared stream');
		const journaled = await machine.core.operations(0);
		const open = journaled.find(({ state }) => state === 'saved' || state === 'sent');
		if (open !== undefined) return told(`shows operation ${open.operation.seq} as ${open.state}`);
	}
	return null;
}

/** What must hold when nothing moves any more. */
export async function checkAtRest(world: World): Promise<void> {
	await checkExactlyOnce(world);
	await checkRightsAtRest(world);
	await checkNoSilence(world);
	await checkRepetition(world);
}

/** Nothing that a device called saved is missing at central, but what nobody can have kept. */
export async function checkExactlyOnce({ postgres: { db }, promised, excused }: World): Promise<void> {
	const { rows } = await sql<{ op_id: string; body: OperationEnvelope }>`SELECT op_id, body FROM operation`.execute(db);
	const kept = new Map(rows.map(({ op_id, body }) => [op_id, body]));
	for (const { operation, machine } of promised.values()) {
		const body = kept.get(operation.opId);
		const words = `${machine.name}'s operation ${operation.seq} (${operation.type})`;
		if (body === undefined) {
			if (excused.delete(operation.opId)) continue;
			throw new Violation('exactly_once', `${words} was saved and is not at central`);
		}
		if (isDeepStrictEqual(content(operation), content(body))) continue;
		throw new Violation('exactly_once', `${words} is another at central`);
	}
}

const content = ({ type, v, payload, actor }: OperationEnvelope) => ({ type, v, payload, actor });

async function checkNoSilence({ machines, postgres: { db } }: World): Promise<void> {
	const { rows } = await sql<{ op_id: string; outcome: string }>`SELECT op_id, outcome FROM operation`.execute(db);
	const outcomes = new Map(rows.map(({ op_id, outcome }) => [op_id, outcome]));
	for (const { core, name } of machines) {
		for (const { operation, state, outcome } of (await core?.operations(1_000_000)) ?? []) {
			const hasReason = (outcome?.reason ?? '') !== '' || (outcome?.exceptions ?? []).length > 0;
			const isTold = state === 'confirmed' || (state === 'needs_attention' && hasReason);
			if (isTold && outcome?.outcome === outcomes.get(operation.opId)) continue;
			const fate = `${state} with ${JSON.stringify(outcome)}, at central ${outcomes.get(operation.opId)}`;
			throw new Violation('silence', `${name}'s operation ${operation.seq} (${operation.type}) ends as ${fate}`);
		}
	}
}

/** Each device sends all of its lane once more. Lanes that it has left are central's past, and may be frozen or gone. */
async function checkRepetition(world: World): Promise<void> {
	const before = await digest(world);
	const identities = await readIdentities(world);
	for (const machine of world.machines) {
		const answer = await repeatLane(world, machine, identities.get(machine)?.credential);
		// Who is replaced is turned away whole.
		const expected = isReplaced(machine, identities) ? 401 : 200;
		if ((answer?.status ?? expected) === expected) continue;
		throw new Violation('repetition', `sending everything once more was answered ${answer?.body}`);
	}
	const after = await digest(world);
	if (before !== after) throw new Violation('repetition', 'sending everything once more has changed central');
}

async function repeatLane({ central }: World, { core }: Machine, credential: string | undefined) {
	const operations = ((await core?.operations(1_000_000)) ?? []).map(({ operation }) => operation);
	const inOrder = operations.sort((a, b) => a.seq - b.seq).slice(0, maxOperationsPerPush);
	if (inOrder.length === 0) return null;
	const headers = {
		authorization: `Bearer ${credential}`,
		'content-type': 'application/json',
		[releaseHeader]: String(release),
	};
	const body = JSON.stringify({ operations: inOrder });
	return central.serve({ method: 'POST', url: syncRoutes.push, headers, body });
}

/** All that central knows, as one word. */
export async function digest({ postgres: { db } }: World): Promise<string> {
	const { rows } = await sql<{ all: string }>`SELECT md5(concat_ws('|',
		(SELECT string_agg(concat_ws(' ', site_id, sku, available, allocated, picked, staged, quarantine, damaged), ','
			ORDER BY site_id, sku) FROM stock_position),
		(SELECT string_agg(concat_ws(' ', site_id, sku, holder_id, units), ',' ORDER BY site_id, sku, holder_id) FROM stock_claim),
		(SELECT string_agg(concat_ws(' ', id, head), ',' ORDER BY id) FROM stream),
		(SELECT string_agg(concat_ws(' ', site_id, sku, quantity, from_bucket, to_bucket), ',' ORDER BY id) FROM movement),
		(SELECT string_agg(concat_ws(' ', device.name, operation.seq, operation.type, outcome, operation.reason), ','
			ORDER BY device.name, operation.seq, operation.type) FROM operation JOIN device ON device.id = device_id),
		(SELECT count(*) FROM domain_event))) AS all`.execute(db);
	return rows[0]?.all ?? '';
}
