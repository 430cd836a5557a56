import type { Transaction } from 'kysely';
import type { Applied } from '../../../shared/domain/apply-statement.ts';
import type { PromiseStatement } from '../../../shared/domain/decide-promise.ts';
import type { RefusalReason } from '../../../shared/domain/decision.ts';
import { isHeld, unitsHeld } from '../../../shared/domain/reservation-units.ts';
import { claimedUnits, leftOf, type UnitsBySku, unitsBySku } from '../../../shared/domain/selling-rights.ts';
import type { Method } from '../../../shared/schema/order.ts';
import type { SellingRight } from '../../../shared/schema/selling-right.ts';
import type { StockDocument } from '../../../shared/schema/stock-document.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';
import { readDoubts } from '../inventory/stock-doubt.ts';
import { keepOrders } from '../orders/capture-order.ts';
import { readSiteEffects } from '../promising/rule-effects.ts';
import { addClaims, freeUnder, lockPositions, readHeldUnits, takeClaims } from '../promising/stock-claims.ts';
import { dropSupplyClaims, shrinkSupplyClaims } from '../promising/supply-claims.ts';
import { askRightsBack } from './asked-back.ts';
import { checkCapture } from './capture-at-site.ts';
import { noteDemand } from './own-demand.ts';

export type AppliedStatement = Extract<Applied, { outcome: 'applied' }>;

/** A promise that central applies, with the stock documents as they were before. */
export interface PromiseToSettle {
	readonly siteId: string;
	readonly statement: PromiseStatement;
	readonly applied: AppliedStatement;
	readonly before: readonly StockDocument[];
	readonly receivedAt: string;
}

export type Settled =
	| { readonly outcome: 'refused'; readonly reason: RefusalReason }
	| {
			readonly outcome: 'applied';
			readonly applied: AppliedStatement;
			/** Where the sum of all promises may exceed the goods now. */
			readonly positions: readonly { readonly siteId: string; readonly sku: string }[];
	  };

/**
 * Makes a site's promise good in the books, inside the operation's transaction: what rights or a reservation covered moves from their claims,
 * and only for the rest there must be free stock. What a right covers on the device is never refused for stock, and a sale never at all: what neither
 * covers is told by whoever looks at these positions afterwards.
 */
export async function settlePromise(transaction: Transaction<Tables>, asked: PromiseToSettle): Promise<Settled> {
	const { siteId, statement, receivedAt } = asked;
	let { applied } = asked;
	if (statement.type === 'capture_order') {
		const before = new Map(asked.before.map((document) => [document.id, document]));
		const { rightHolders } = applied.subject;
		const checked = await checkCapture(transaction, { siteId, stockDocuments: before, rightHolders }, statement);
		if (!checked.ok) return refuse(checked.reason);
		applied = checked.applied;
	}
	const wanted = wantedOf(statement);
	const changes = changesOf(asked.before, applied);
	const freed = [...rightUnits(changes), ...reservedUnits(changes, receivedAt)];
	const skus = [...new Set([...wanted.keys(), ...freed.map(({ sku }) => sku)])];
	const positions = skus.map((sku) => ({ siteId, sku }));
	await lockPositions(transaction, positions);
	if (statement.type === 'capture_order' || statement.type === 'reserve_stock') {
		const claimed = claimedUnits(statement.payload);
		const covered = unitsBySku(freed.map(({ sku, units }) => ({ sku, quantity: units })));
		const rest = [...wanted].flatMap(([sku, units]) => {
			const isPromised = (claimed.get(sku) ?? 0) >= units;
			const open = units - (covered.get(sku) ?? 0);
			return open > 0 && !isPromised ? [{ sku, units: open }] : [];
		});
		if (!(await isFree(transaction, asked, statement, rest))) {
			const lacking = rest.map((each) => ({ ...each, siteIds: [siteId] }));
			await askRightsBack(transaction, lacking, receivedAt);
			return refuse('not_enough_stock');
		}
	}
	for (const { kind, holderId, sku, units } of freed) {
		await takeClaims(transaction, { kind, holderId }, [{ siteId, sku, units }]);
	}
	await freeSupply(transaction, changes);
	applied = await keepPromise(transaction, asked, applied, wanted);
	return { outcome: 'applied', applied, positions };
}

const refuse = (reason: RefusalReason) => ({ outcome: 'refused', reason }) as const;

/** Whether the rules let these units be promised, of those that nobody has a claim on. The positions must be locked. */
async function isFree(
	transaction: Transaction<Tables>,
	{ siteId, receivedAt }: PromiseToSettle,
	statement: PromiseStatement,
	rest: readonly { readonly sku: string; readonly units: number }[],
): Promise<boolean> {
	if (rest.length === 0) return true;
	const skus = rest.map(({ sku }) => sku);
	const held = await readHeldUnits(
		transaction,
		skus.map((sku) => ({ siteId, sku })),
		receivedAt,
	);
	const doubts = await readDoubts(transaction, siteId, skus);
	const { channel, method } = channelOf(siteId, statement);
	const effectAt = (await readSiteEffects(transaction, siteId, skus, receivedAt))(channel, method);
	return rest.every(({ sku, units }) => {
		const here = held.get(stockPositionId(siteId, sku));
		return here !== undefined && !doubts.has(sku) && units <= freeUnder(effectAt(siteId, sku), here);
	});
}

/** What the rules are asked about: a reservation at the counter is collected there. */
function channelOf(siteId: string, statement: PromiseStatement): { channel: string; method: Method } {
	return statement.type === 'capture_order' ? statement.payload.capture : { channel: siteId, method: 'pickup' };
}

/** Units by SKU for which a promise needs stock. */
function wantedOf(statement: PromiseStatement): UnitsBySku {
	if (statement.type === 'capture_order') return unitsBySku(statement.payload.capture.lines);
	if (statement.type === 'reserve_stock' || statement.type === 'sell') return unitsBySku(statement.payload.lines);
	return new Map();
}

interface Changed {
	readonly before: StockDocument | undefined;
	readonly after: StockDocument;
}

function changesOf(before: readonly StockDocument[], { subject }: AppliedStatement): readonly Changed[] {
	const known = new Map(before.map((document) => [document.id, document]));
	return [...(subject.stockDocuments?.values() ?? [])].flatMap((after) =>
		known.get(after.id) === after ? [] : [{ before: known.get(after.id), after }],
	);
}

interface FreedClaim {
	readonly kind: 'right' | 'reservation';
	readonly holderId: string;
	readonly sku: string;
	readonly units: number;
}

/** What each device's share has become less by: used or given back. */
function rightUnits(changes: readonly Changed[]): readonly FreedClaim[] {
	return changes.flatMap(({ before, after }) => {
		if (after.kind !== 'selling_right' || before?.kind !== 'selling_right') return [];
		return after.shares.flatMap((share): FreedClaim[] => {
			const units = leftIn(before, share.deviceId) - leftOf(share);
			return units > 0 ? [{ kind: 'right', holderId: share.deviceId, sku: after.sku, units }] : [];
		});
	});
}

function leftIn({ shares }: SellingRight, deviceId: string): number {
	const share = shares.find((each) => each.deviceId === deviceId);
	return share ? leftOf(share) : 0;
}

/** What reservations have held until now, and hold no more. An expired one claims nothing, though nobody may have written that down. */
function reservedUnits(changes: readonly Changed[], at: string): readonly FreedClaim[] {
	return changes.flatMap(({ before, after }) => {
		if (before?.kind !== 'reservation' || after.kind !== 'reservation') return [];
		if (!isHeld(before, Temporal.Instant.from(at))) return [];
		const still: UnitsBySku = after.state === 'held' ? unitsHeld(after) : new Map();
		return [...unitsHeld(before)].flatMap(([sku, held]): FreedClaim[] => {
			const units = held - (still.get(sku) ?? 0);
			return units > 0 ? [{ kind: 'reservation', holderId: before.id, sku, units }] : [];
		});
	});
}

/** What a reservation held of goods to come it holds no longer than it is held itself, and of no more units than it still has. */
async function freeSupply(transaction: Transaction<Tables>, changes: readonly Changed[]): Promise<void> {
	for (const { before, after } of changes) {
		if (before?.kind !== 'reservation' || after.kind !== 'reservation') continue;
		if (before.lines.every(({ expectedOn }) => expectedOn === undefined)) continue;
		if (after.state !== 'held') await dropSupplyClaims(transaction, [after.id]);
		else await shrinkSupplyClaims(transaction, after.id, unitsHeld(after));
	}
}

/** Writes down what the promise made: the order, or the claims of the reservation; and that somebody wanted these goods here. */
async function keepPromise(
	transaction: Transaction<Tables>,
	{ siteId, statement, receivedAt }: PromiseToSettle,
	applied: AppliedStatement,
	wanted: UnitsBySku,
): Promise<AppliedStatement> {
	const { at } = statement;
	const deviceId = applied.subject.rightHolders?.[0];
	await noteDemand(
		transaction,
		[...wanted].map(([sku, units]) => ({ siteId, sku, at, units, deviceId })),
	);
	if (statement.type === 'capture_order') {
		const { order, fulfillmentOrder } = applied.subject;
		if (order === undefined) throw new Error('A capture gave no order.');
		const fulfillmentOrders = fulfillmentOrder ? [fulfillmentOrder] : [];
		const plan = { order, fulfillmentOrders, movements: [], seenAt: siteId };
		await keepOrders(transaction, [plan], [statement.payload.capture], {
			now: Temporal.Instant.from(receivedAt),
			findPlace: () => undefined,
		});
	}
	if (statement.type !== 'reserve_stock') return applied;
	const { reservationId, expiresAt } = statement.payload;
	const reservation = applied.subject.stockDocuments?.get(reservationId);
	if (reservation?.kind !== 'reservation') throw new Error('A reservation was not made.');
	if (isHeld(reservation, Temporal.Instant.from(receivedAt))) {
		const lines = [...wanted].map(([sku, units]) => ({ siteId, sku, units }));
		await addClaims(transaction, { kind: 'reservation', holderId: reservationId, expiresAt }, lines);
		return applied;
	}
	// It came after its time: it had held while the device was cut off, and is over.
	const stockDocuments = new Map([...(applied.subject.stockDocuments ?? [])]);
	stockDocuments.set(reservationId, { ...reservation, state: 'expired' });
	return { ...applied, subject: { ...applied.subject, stockDocuments } };
}
