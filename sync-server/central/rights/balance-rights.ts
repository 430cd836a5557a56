import { type Kysely, sql, type Transaction } from 'kysely';
import { balanceRight } from '../../../shared/domain/balance-right.ts';
import { type OutageExpectation, rightsWanted, smoothedDemand } from '../../../shared/domain/own-demand.ts';
import type { RuleEffect } from '../../../shared/domain/promising-rules.ts';
import { emptyRight, leftOf, outstandingUnits, sellingRightId } from '../../../shared/domain/selling-rights.ts';
import type { SellingRight } from '../../../shared/schema/selling-right.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter } from '../../database/documents.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { keepingStockDocuments, putStockDocument, stockDocumentRow } from '../inventory/stock-documents.ts';
import { readDoubts } from '../inventory/stock-doubt.ts';
import { readSiteEffects } from '../promising/rule-effects.ts';
import { addClaims, freeUnder, type HeldUnits, lockPositions, readHeldUnits } from '../promising/stock-claims.ts';
import { readAskedBack } from './asked-back.ts';

export interface RightsContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
}

/** How much is given out; `docs/decisions/selling-rights.md` says why. */
const rightsPolicy = {
	outage: { days: 1, fractile: 0.9 } satisfies OutageExpectation,
	mostPart: 0.5,
	halfLifeDays: 14,
	/** Older demand says nothing. */
	windowDays: 60,
	/** A device that was not heard of for so long gets no more, and is asked for what it has. */
	unseenDays: 7,
} as const;

/** Only one server at a time gives rights out, the next one after it; PostgreSQL lets go of it with the transaction, also when the server dies. */
export const balancerLock = 7_310_204;
const atOnce = 100;

/**
 * Gives rights to a site's devices and asks for them back, by the site's own demand, for these SKUs or for all that sell there or are out. A few
 * SKUs a transaction; what a crash leaves undone the next time does.
 * @returns how many rights have changed
 */
export async function balanceSite(
	context: RightsContext,
	siteId: string,
	skus: readonly string[] | null = null,
): Promise<number> {
	const asked = skus === null ? await skusToBalance(context, siteId) : [...new Set(skus)].sort();
	let changed = 0;
	for (let start = 0; start < asked.length; start += atOnce) {
		const part = asked.slice(start, start + atOnce);
		changed += await inTransaction(context.db, (transaction) => balanceSkus(context, transaction, siteId, part));
	}
	return changed;
}

/** Every site, one after the other. */
export async function balanceAll(context: RightsContext): Promise<number> {
	const sites = await context.db.selectFrom('site').select('id').orderBy('id').execute();
	let changed = 0;
	for (const { id } of sites) changed += await balanceSite(context, id);
	return changed;
}

async function skusToBalance({ db, clock }: RightsContext, siteId: string): Promise<readonly string[]> {
	const { rows } = await sql<{ sku: string }>`
		SELECT sku FROM own_demand WHERE site_id = ${siteId} AND day > ${firstDay(clock)}::date
		UNION SELECT sku FROM stock_claim WHERE site_id = ${siteId} AND kind = 'right' ORDER BY sku`.execute(db);
	return rows.map(({ sku }) => sku);
}

async function balanceSkus(
	{ clock }: RightsContext,
	transaction: Transaction<Tables>,
	siteId: string,
	skus: readonly string[],
): Promise<number> {
	await sql`SELECT pg_advisory_xact_lock(${balancerLock})`.execute(transaction);
	const at = clock.now().toString();
	const deviceIds = await activeDevices(transaction, siteId, clock);
	const rights = await lockRights(
		transaction,
		skus.map((sku) => sellingRightId(siteId, sku)),
	);
	const positions = skus.map((sku) => ({ siteId, sku }));
	await lockPositions(transaction, positions);
	const held = await readHeldUnits(transaction, positions, at);
	// Promises at the counter: by the site's own channel, collected there.
	const effectAt = (await readSiteEffects(transaction, siteId, skus, at))(siteId, 'pickup');
	const askedBack = await readAskedBack(transaction, siteId, skus, at);
	const doubts = await readDoubts(transaction, siteId, skus);
	const demand = await readDemand(transaction, siteId, skus, clock);
	const changed = skus.flatMap((sku) => {
		const before = rights.get(sellingRightId(siteId, sku)) ?? emptyRight(siteId, sku);
		const after = balanceRight(before, {
			devices: deviceIds.map((deviceId) => ({ deviceId, demand: demand.get(sku)?.at.get(deviceId) ?? 0 })),
			wanted: doubts.has(sku) ? 0 : (demand.get(sku)?.wanted ?? 0),
			free: freeBesides(
				before,
				effectAt(siteId, sku),
				held.get(stockPositionId(siteId, sku)),
				askedBack.get(stockPositionId(siteId, sku)),
			),
			mostPart: rightsPolicy.mostPart,
		});
		return after === before ? [] : [{ before, after }];
	});
	for (const { before, after } of changed) await claimGrants(transaction, before, after);
	await keepRights(
		transaction,
		changed.map(({ after }) => after),
	);
	return changed.length;
}

/**
 * Units that may still be given out under the rules. They are asked as if nothing were given out yet, lest a threshold that is
 * crossed by giving asks everything back.
 */
function freeBesides(right: SellingRight, effect: RuleEffect | null, held: HeldUnits | undefined, kept = 0): number {
	const out = outstandingUnits(right);
	if (held === undefined) return -out;
	return Math.max(0, freeUnder(effect, { onHand: held.onHand, claimed: held.claimed - out }) - kept) - out;
}

/** Locks the rights that there are among these ids, before any position is locked. */
export async function lockRights(
	transaction: Kysely<Tables>,
	ids: readonly string[],
): Promise<ReadonlyMap<string, SellingRight>> {
	const { rows } = await sql<{ body: SellingRight }>`
		SELECT body FROM stock_document WHERE kind = 'selling_right' AND id = ANY (${[...ids]}::text[])
		ORDER BY id FOR UPDATE`.execute(transaction);
	return new Map(rows.map(({ body }) => [body.id, body]));
}

async function claimGrants(transaction: Kysely<Tables>, before: SellingRight, after: SellingRight): Promise<void> {
	const { siteId, sku } = after;
	for (const share of after.shares) {
		const known = before.shares.find(({ deviceId }) => deviceId === share.deviceId);
		const units = leftOf(share) - (known ? leftOf(known) : 0);
		const claim = { kind: 'right', holderId: share.deviceId, expiresAt: null } as const;
		if (units > 0) await addClaims(transaction, claim, [{ siteId, sku, units }]);
	}
}

const keepAll = prepared<never>('keep_rights', keepingStockDocuments('$1'));

/** Stores rights and publishes them, with other documents if there are some: the last step of a transaction. */
export async function keepRights(
	transaction: Kysely<Tables>,
	rights: readonly SellingRight[],
	documents = new DocumentWriter(),
): Promise<void> {
	if (rights.length === 0) return;
	await keepAll(transaction, [JSON.stringify(rights.map(stockDocumentRow))]);
	for (const right of rights) putStockDocument(documents, right);
	await documents.publish(transaction);
}

/** The site's devices that can be expected to promise anything: enrolled, sound and heard of lately; the oldest comes first. */
export async function activeDevices(db: Kysely<Tables>, siteId: string, clock: Clock): Promise<readonly string[]> {
	const since = clock
		.now()
		.subtract({ hours: 24 * rightsPolicy.unseenDays })
		.toString();
	const { rows } = await sql<{ id: string }>`
		SELECT device.id FROM device JOIN lane ON lane.device_id = device.id
		WHERE device.site_id = ${siteId} AND device.revoked_at IS NULL AND lane.frozen_reason IS NULL
			AND device.last_seen_at > ${since}::timestamptz
		ORDER BY device.created_at, device.id`.execute(db);
	return rows.map(({ id }) => id);
}

interface SkuDemand {
	/** What an outage would want. */
	readonly wanted: number;
	/** Units that were wanted at each device. */
	readonly at: ReadonlyMap<string, number>;
}

/** The site's own demand of each SKU. */
async function readDemand(
	db: Kysely<Tables>,
	siteId: string,
	skus: readonly string[],
	clock: Clock,
): Promise<ReadonlyMap<string, SkuDemand>> {
	const { rows } = await sql<{ sku: string; device_id: string; age: number; units: number; days: number }>`
		SELECT sku, device_id, (${today(clock)}::date - day)::int AS age, units, (
			SELECT least(${rightsPolicy.windowDays}, ${today(clock)}::date - min(day) + 1)::int FROM own_demand WHERE site_id = ${siteId}
		) AS days
		FROM own_demand WHERE site_id = ${siteId} AND sku = ANY (${[...skus]}::text[]) AND day > ${firstDay(clock)}::date`.execute(
		db,
	);
	return new Map(
		[...Map.groupBy(rows, ({ sku }) => sku)].map(([sku, own]) => {
			const byAge = Array.from({ length: Math.max(1, own[0]?.days ?? 1) }, () => 0);
			const at = new Map<string, number>();
			for (const { device_id, age, units } of own) {
				byAge[Math.max(0, age)] = (byAge[Math.max(0, age)] ?? 0) + units;
				at.set(device_id, (at.get(device_id) ?? 0) + units);
			}
			const wanted = rightsWanted(smoothedDemand(byAge, rightsPolicy.halfLifeDays), rightsPolicy.outage);
			return [sku, { wanted, at }];
		}),
	);
}

const today = (clock: Clock) => clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
const firstDay = (clock: Clock) =>
	clock.now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: rightsPolicy.windowDays }).toString();
