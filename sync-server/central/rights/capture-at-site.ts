import { type Kysely, sql } from 'kysely';
import { applyStatement } from '../../../shared/domain/apply-statement.ts';
import type { RefusalReason, Statement, Subject } from '../../../shared/domain/decision.ts';
import { goodsOf } from '../../../shared/domain/plan-order.ts';
import { promisedAt } from '../../../shared/domain/promise.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';
import { captureFault } from '../orders/check-capture.ts';
import type { AppliedStatement } from './settle-promise.ts';

export type CheckedCapture =
	| { readonly ok: true; readonly applied: AppliedStatement }
	| { readonly ok: false; readonly reason: RefusalReason };

const refuse = (reason: RefusalReason) => ({ ok: false, reason }) as const;

/**
 * What a capture at a site comes to by central's own catalog: the device's may be older. What the customer was told, the price, the number and when it
 * is promised, stays as it was told.
 */
export async function checkCapture(
	db: Kysely<Tables>,
	subject: Subject,
	statement: Statement<'capture_order'>,
): Promise<CheckedCapture> {
	const { siteId } = subject;
	const { capture, orderNumber } = statement.payload;
	if (captureFault(capture) !== undefined) return refuse('not_readable');
	const skus = capture.lines.map(({ sku }) => sku);
	const { rows } = await sql<{ site: Site | null; isKnown: boolean }>`
		SELECT (SELECT body FROM site WHERE id = ${siteId}) AS site, EXISTS (
			SELECT FROM customer_order WHERE number = ${orderNumber}
				OR (channel = ${capture.channel} AND external_id = ${capture.externalId})
		) AS "isKnown"`.execute(db);
	const { site = null, isKnown = false } = rows[0] ?? {};
	if (isKnown) return refuse('already_captured');
	if (site === null || !site.capabilities.includes(capture.method)) return refuse('not_fulfilled_here');
	const products = await sql<{ body: Product; bin: string | null }>`
		SELECT product.body, position.bin FROM product
		LEFT JOIN stock_position AS position ON position.sku = product.sku AND position.site_id = ${siteId}
		WHERE product.sku = ANY (${skus}::text[])`.execute(db);
	const goods = products.rows
		.filter(({ body }) => body.price.currency === capture.currency)
		.map(({ body, bin }) => goodsOf(body, bin ?? ''));
	const placedAt = capture.placedAt ?? statement.at;
	const promised = capture.promisedAt ?? promisedAt(site, capture.method, placedAt);
	const result = applyStatement(subject, {
		...statement,
		payload: {
			...statement.payload,
			siteName: site.name,
			goods,
			capture: { ...capture, siteId, placedAt, promisedAt: promised },
		},
	});
	return result.outcome === 'applied' ? { ok: true, applied: result } : refuse(result.reason);
}
