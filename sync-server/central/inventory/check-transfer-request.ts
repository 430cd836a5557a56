import { type Kysely, sql } from 'kysely';
import type { RefusalReason } from '../../../shared/domain/decision.ts';
import { safetyUnits } from '../../../shared/domain/promising-rules.ts';
import { ownUse } from '../../../shared/domain/safety-stock.ts';
import type { PayloadOf } from '../../../shared/schema/operation.ts';
import type { Tables } from '../../database/tables.ts';
import { readSiteEffects } from '../promising/rule-effects.ts';

/** Why a site can't be sent goods: it is none that gets any. */
export async function transferDestinationRefusal(
	transaction: Kysely<Tables>,
	{ toSiteId }: PayloadOf<'open_transfer'>,
): Promise<RefusalReason | null> {
	const site = await transaction.selectFrom('site').select('body').where('id', '=', toSiteId).executeTakeFirst();
	return site === undefined || site.body.kind === 'supplier' ? 'unknown_site' : null;
}

/**
 * Why a site can't be asked for these goods; null when it can spare them, beyond what its rules keep back. Its positions stay locked until the transaction ends, so that
 * what is set aside for the transfer is promised to nobody meanwhile.
 */
export async function transferRequestRefusal(
	transaction: Kysely<Tables>,
	{ fromSiteId, lines }: PayloadOf<'request_transfer'>,
	at: string,
): Promise<RefusalReason | null> {
	const site = await transaction.selectFrom('site').select('body').where('id', '=', fromSiteId).executeTakeFirst();
	if (site === undefined || site.body.kind === 'supplier') return 'unknown_site';
	const wanted = new Map<string, number>();
	for (const { sku, quantity } of lines) wanted.set(sku, quantity + (wanted.get(sku) ?? 0));
	const skus = [...wanted.keys()];
	await sql`SELECT FROM stock_position WHERE site_id = ${fromSiteId} AND sku = ANY (${skus}::text[])
		ORDER BY sku FOR UPDATE`.execute(transaction);
	// A statement of its own: claims that another transaction made before it let the positions go must be seen.
	const { rows } = await sql<{ sku: string; available: number; claimed: number }>`
		SELECT position.sku, position.available::float8 AS available, coalesce((
			SELECT sum(units) FROM stock_claim AS claim
			WHERE claim.site_id = position.site_id AND claim.sku = position.sku
				AND (claim.expires_at IS NULL OR claim.expires_at > ${at}::timestamptz)
		), 0)::float8 AS claimed
		FROM stock_position AS position
		WHERE position.site_id = ${fromSiteId} AND position.sku = ANY (${skus}::text[])
			AND NOT EXISTS (
				SELECT FROM stock_doubt AS doubt WHERE doubt.site_id = position.site_id AND doubt.sku = position.sku
			)`.execute(transaction);
	const { channel, method } = ownUse(fromSiteId);
	const effectAt = (await readSiteEffects(transaction, fromSiteId, skus, at))(channel, method);
	const free = new Map(
		rows.map(({ sku, available, claimed }) => {
			const effect = effectAt(fromSiteId, sku);
			return [sku, available - claimed - (effect === null ? 0 : safetyUnits(effect, available))];
		}),
	);
	const isEnough = [...wanted].every(([sku, quantity]) => (free.get(sku) ?? 0) >= quantity);
	return isEnough ? null : 'not_enough_stock';
}
