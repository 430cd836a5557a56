import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ledgerFaults } from '../e2e/central.ts';
import { isWhole, type NodeDevice, startNodeDevice } from '../node-device.ts';
import { type CrashCentral, openCrashCentral } from './crash-central.ts';
import type { CrashReport } from './crash-report.ts';

const codes = ['LEEDS-1', 'LEEDS-2', 'NORWICH-1'];
/** The crash comes when so many operations of a round are answered, or fewer. */
const mostAnswered = 90;

interface StoredRow {
	readonly op_id: string;
	readonly lane_id: string;
	readonly seq: number;
	readonly outcome: string;
	readonly position: number;
}

/**
 * Kills the server and its PostgreSQL with SIGKILL while three devices record and send, starts both again, and compares:
 * whatever central had acknowledged must be on the database's disk before anything is sent again, and in the end each operation
 * is there once, in the order of its lane.
 */
export async function killServer(rounds: number, say: (line: string) => void): Promise<CrashReport> {
	const began = performance.now();
	const folder = mkdtempSync(join(tmpdir(), 'backstock-crash-devices-'));
	const central = await openCrashCentral();
	const devices: NodeDevice[] = [];
	const faults: string[] = [];
	const recorded = new Map<NodeDevice, string[]>();
	let unanswered = 0;
	try {
		for (const code of codes) {
			const device = await startNodeDevice({ dataFolder: join(folder, code), serverAddress: central.url }, { code });
			devices.push(device);
			recorded.set(device, []);
		}
		for (let round = 1; round <= rounds; round += 1) {
			const isOver = new AbortController();
			const work = devices.map((device) => recordBurst(device, round, recorded.get(device) ?? [], isOver.signal));
			await untilAnswered(devices, Math.floor(Math.random() * mostAnswered));
			await central.kill();
			isOver.abort();
			await Promise.all(work);
			const acknowledged = devices.flatMap(({ operations }) => [...operations.values()].filter(isAnswered));
			unanswered += devices.reduce((sum, { operations }) => sum + waitingOf(operations.values()), 0);
			await central.startDatabase();
			faults.push(...(await lostOnDisk(central, acknowledged)).map((fault) => `round ${round}: ${fault}`));
			await central.startServer();
			for (const device of devices) {
				await device
					.until((status) => status.waiting === 0 && isWhole(status))
					.catch((error: unknown) => {
						throw new Error(`The device did not recover. The server said:\n${central.words()}`, { cause: error });
					});
			}
			for (const device of devices) {
				faults.push(
					...(await differences(central, device, recorded.get(device) ?? [])).map((f) => `round ${round}: ${f}`),
				);
			}
			say(`round ${round} of ${rounds}: ${faults.length} faults`);
		}
		const saved = [...recorded.values()].reduce((sum, { length }) => sum + length, 0);
		return { rounds, saved, unanswered, faults, seconds: Math.round((performance.now() - began) / 1000) };
	} finally {
		for (const device of devices) await device.close();
		await central.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

const isAnswered = ({ outcome }: { readonly outcome: unknown }) => outcome !== null;
const waitingOf = (operations: Iterable<{ readonly outcome: unknown }>) =>
	[...operations].filter((each) => !isAnswered(each)).length;

async function untilAnswered(devices: readonly NodeDevice[], more: number): Promise<void> {
	const answered = () =>
		devices.reduce((sum, { operations }) => sum + operations.size - waitingOf(operations.values()), 0);
	const enough = answered() + more;
	const late = performance.now() + 5000;
	while (answered() < enough && performance.now() < late) await delay(1);
	await delay(Math.random() * 20);
}

/** Picks and puts down units of the site's orders, as fast as the disk takes them, until the crash and a little longer. */
async function recordBurst(device: NodeDevice, round: number, recorded: string[], crash: AbortSignal): Promise<void> {
	const work = device.work().filter(({ state }) => state === 'assigned' || state === 'picking');
	for (let turn = 0, after = 0; after < 5; turn += 1, after += crash.aborted ? 1 : 0) {
		const order = work[(round * 7 + turn) % work.length];
		const line = order?.lines[turn % order.lines.length];
		if (order === undefined || line === undefined) throw new Error('The site has no work.');
		const target = { fulfillmentOrderId: order.id, orderId: order.orderId };
		const units = { ...target, lineId: line.lineId, sku: line.sku, quantity: 1 };
		const result = await device.core.record(turn % 2 === 0 ? 'pick' : 'undo_pick', units);
		if (!result.ok) throw new Error(`Nothing was saved: ${result.message}`);
		recorded.push(result.operation.operation.opId);
		await delay(3);
	}
}

async function lostOnDisk(
	central: CrashCentral,
	acknowledged: readonly { readonly operation: { readonly opId: string }; readonly outcome: unknown }[],
): Promise<readonly string[]> {
	const rows = await central.query<StoredRow>('SELECT op_id, outcome, position::int AS position FROM operation');
	const stored = new Map(rows.map((row) => [row.op_id, row]));
	return acknowledged.flatMap(({ operation, outcome }) => {
		const row = stored.get(operation.opId);
		const told = outcome as { readonly outcome: string; readonly position: number };
		if (row === undefined) return [`operation ${operation.opId} was acknowledged, and is lost`];
		if (row.outcome === told.outcome && row.position === told.position) return [];
		return [`operation ${operation.opId} was acknowledged as ${told.outcome}, and is ${row.outcome} now`];
	});
}

async function differences(
	central: CrashCentral,
	{ core, operations }: NodeDevice,
	recorded: readonly string[],
): Promise<readonly string[]> {
	const laneId = operations.values().next().value?.operation.laneId;
	const rows = await central.query<StoredRow>(
		'SELECT op_id, seq::int AS seq, outcome FROM operation WHERE lane_id = $1 ORDER BY seq',
		[laneId],
	);
	const faults: string[] = [];
	const own = [...operations.values()].map(({ operation }) => operation).sort((a, b) => a.seq - b.seq);
	if (rows.map(({ op_id }) => op_id).join() !== own.map(({ opId }) => opId).join()) {
		faults.push(
			`lane ${laneId} holds ${rows.length} operations, and the device has ${own.length}, or in another order`,
		);
	}
	// Asked for selling rights, a device gives them back by itself.
	const byPeople = own.filter(({ type }) => type !== 'release_rights').map(({ opId }) => opId);
	if (byPeople.join() !== recorded.join()) {
		faults.push(
			`lane ${laneId} has ${byPeople.length} operations, and ${recorded.length} were recorded, or in another order`,
		);
	}
	if (rows.some(({ seq }, index) => seq !== index + 1)) faults.push(`lane ${laneId} has a gap`);
	if (rows.some(({ outcome }) => outcome !== 'applied'))
		faults.push(`lane ${laneId} has an operation that is not applied`);
	const { waiting } = await core.status();
	if (waiting > 0) faults.push(`${waiting} operations still wait`);
	const wrong = await central.query(ledgerFaults);
	if (wrong.length > 0) faults.push(`the ledger is wrong in ${wrong.length} buckets`);
	return faults;
}
