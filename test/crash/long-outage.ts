import { nodeClock } from '../../electron/node-ports.ts';
import type { DeviceCore } from '../../shared/device/device-core.ts';
import type { DeviceClock } from '../../shared/device/ports.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { OperationType, PayloadOf } from '../../shared/schema/operation.ts';
import type { NodeDevice } from '../node-device.ts';

const outageHours = 72;

/** This machine's clock, so far ahead as it was turned. */
export interface TurnedClock extends DeviceClock {
	turn(milliseconds: number): void;
	instant(): Temporal.Instant;
}

export function turnedClock(): TurnedClock {
	let ahead = 0;
	return {
		wallMs: () => nodeClock.wallMs() + ahead,
		monotonicMs: () => nodeClock.monotonicMs() + ahead,
		sleep: nodeClock.sleep,
		turn: (milliseconds) => {
			ahead += milliseconds;
		},
		instant: () => Temporal.Instant.fromEpochMilliseconds(Math.trunc(nodeClock.wallMs() + ahead)),
	};
}

/** What central must make of an operation of the outage. */
type Fate = 'applied' | 'refused' | 'quarantined';
type Said = { readonly type: OperationType; readonly payload: PayloadOf<OperationType>; readonly fate: Fate };

/** Starts, picks, packs and ships each FO; after every so many there is one that central refuses and one that it can't read. */
function* workOf(orders: readonly FulfillmentOrder[]): Generator<Said> {
	for (const [index, { id, orderId, lines }] of orders.entries()) {
		const target = { fulfillmentOrderId: id, orderId };
		const units = lines.map(({ lineId, sku, ordered }) => ({ lineId, sku, quantity: ordered }));
		const packageId = `outage-${id}`;
		yield { type: 'start_picking', payload: target, fate: 'applied' };
		for (const line of units) yield { type: 'pick', payload: { ...target, ...line }, fate: 'applied' };
		if (index % 5 === 1) {
			const broken = { ...target, ...units[0], quantity: -1 } as unknown as PayloadOf<'pick'>;
			yield { type: 'pick', payload: broken, fate: 'quarantined' };
		}
		yield { type: 'pack', payload: { ...target, packageId, lines: units, weightGrams: 900 }, fate: 'applied' };
		yield { type: 'ship', payload: { ...target, packageId, trackingNumber: `T-${id}` }, fate: 'applied' };
		if (index % 5 === 3) {
			yield { type: 'cancel', payload: { ...target, reason: 'asked too late' }, fate: 'refused' };
		}
	}
}

export interface Recorded {
	readonly opId: string;
	readonly fate: Fate;
}

/** Records so many operations, spread evenly over 72 hours of the device's clock. The server must be away. */
export async function workThroughOutage(
	{ core, work }: NodeDevice,
	clock: TurnedClock,
	count: number,
): Promise<readonly Recorded[]> {
	const shipped = work()
		.filter(({ method, state }) => method === 'ship' && state === 'assigned')
		.sort((a, b) => (a.id < b.id ? -1 : 1));
	const recorded: Recorded[] = [];
	for (const { type, payload, fate } of workOf(shipped)) {
		if (recorded.length === count) return recorded;
		clock.turn((outageHours * 3_600_000) / count);
		const result = await core.record(type, payload);
		if (!result.ok) throw new Error(`Nothing was saved: ${result.message}`);
		recorded.push({ opId: result.operation.operation.opId, fate });
	}
	throw new Error(`The site has work for ${recorded.length} operations only.`);
}

export interface Replay {
	readonly seconds: number;
	/** What the device said of its progress, in the order in which it said it. */
	readonly progress: readonly { readonly done: number; readonly total: number }[];
}

/** Waits until everything that was recorded has its answer, and hears how the device tells of it. */
export async function followReplay({ core, until }: NodeDevice): Promise<Replay> {
	const progress: { done: number; total: number }[] = [];
	const leave = core.subscribe((event) => {
		if (event.kind === 'status' && event.status.replay !== null) progress.push(event.status.replay);
	});
	const began = performance.now();
	await core.retryNow();
	await until(({ waiting }) => waiting === 0, 600_000);
	leave();
	return { seconds: (performance.now() - began) / 1000, progress };
}

/** Milliseconds that somebody else's operations took: from saved until answered, and until another device could have it. */
export interface OthersTimes {
	readonly answered: readonly number[];
	readonly stored: readonly number[];
}

/** Another person works on another device, one operation after the other, until told to stop. */
export async function workBeside(
	{ core }: NodeDevice,
	order: FulfillmentOrder,
	stop: AbortSignal,
): Promise<OthersTimes> {
	const times = { answered: [] as number[], stored: [] as number[] };
	while (!stop.aborted) {
		const { answered, stored } = await oneBeside(core, order);
		times.answered.push(answered);
		times.stored.push(stored);
		await new Promise((resolve) => setTimeout(resolve, 30));
	}
	return times;
}

async function oneBeside(core: DeviceCore, { id, orderId }: FulfillmentOrder) {
	const isAnswered = Promise.withResolvers<number>();
	const isStored = Promise.withResolvers<number>();
	const early = new Map<string, string>();
	let opId: string | null = null;
	const leave = core.subscribe((event) => {
		if (event.kind !== 'operations') return;
		for (const { operation, state } of event.operations) early.set(operation.opId, state);
		look();
	});
	const look = () => {
		const state = opId === null ? undefined : early.get(opId);
		if (state === undefined || state === 'saved') return;
		isAnswered.resolve(performance.now());
		if (state === 'confirmed') isStored.resolve(performance.now());
	};
	const result = await core.record('start_picking', { fulfillmentOrderId: id, orderId });
	if (!result.ok) throw new Error(`Nothing was saved: ${result.message}`);
	const savedAt = performance.now();
	opId = result.operation.operation.opId;
	look();
	const times = { answered: (await isAnswered.promise) - savedAt, stored: (await isStored.promise) - savedAt };
	leave();
	return times;
}
