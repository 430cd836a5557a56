import { sql, type Transaction } from 'kysely';
import { binClosureId, closedBinsOf } from '../../shared/domain/closed-bins.ts';
import type { AnyStatement, ExceptionDraft } from '../../shared/domain/decision.ts';
import { goodsLaidInBins } from '../../shared/domain/goods-laid-in-bin.ts';
import type { BinClosure } from '../../shared/schema/bin-closure.ts';
import type { Tables } from '../database/tables.ts';

/** A device that was cut off may not know yet that a bin is closed. What was done there is kept, and somebody looks. */
export async function closedBinDrafts(
	transaction: Transaction<Tables>,
	siteId: string,
	statement: AnyStatement,
): Promise<readonly ExceptionDraft[]> {
	const laid = goodsLaidInBins(statement);
	if (laid.length === 0) return [];
	const closed = new Set(await closedAmong(transaction, siteId, [...new Set(laid.map(({ bin }) => bin))]));
	const first = new Map(laid.filter(({ bin }) => closed.has(bin)).map((each) => [`${each.bin} ${each.sku}`, each]));
	return [...first.values()].map(({ sku, name, bin }) => ({
		exceptionKind: 'closed_bin_used',
		priority: 'normal',
		sku,
		bin,
		...(name === undefined ? {} : { productName: name }),
		fact: `${sku} was counted, found or laid into bin ${bin}`,
		plan: `Bin ${bin} is closed; look what is there`,
	}));
}

async function closedAmong(
	transaction: Transaction<Tables>,
	siteId: string,
	bins: readonly string[],
): Promise<readonly string[]> {
	const ids = bins.map((bin) => binClosureId(siteId, bin));
	const { rows } = await sql<{ recorded: string[]; closures: BinClosure[] }>`
		SELECT ARRAY(SELECT bin FROM unnest(${bins}::text[]) AS bin WHERE site.body -> 'closedBins' ? bin) AS recorded,
			coalesce((SELECT jsonb_agg(body) FROM stock_document WHERE id = ANY (${ids}::text[])), '[]') AS closures
		FROM site WHERE id = ${siteId}`.execute(transaction);
	return rows.flatMap(({ recorded, closures }) => closedBinsOf({ closedBins: recorded }, closures));
}
