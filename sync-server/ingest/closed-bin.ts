import { sql, type Transaction } from 'kysely';
import type { AnyStatement, ExceptionDraft } from '../../shared/domain/decision.ts';
import { goodsLaidInBin } from '../../shared/domain/goods-laid-in-bin.ts';
import type { Tables } from '../database/tables.ts';

/** A device that was cut off may not know yet that a bin is closed. What was done there is kept, and somebody looks. */
export async function closedBinDrafts(
	transaction: Transaction<Tables>,
	siteId: string,
	statement: AnyStatement,
): Promise<readonly ExceptionDraft[]> {
	const laid = goodsLaidInBin(statement);
	if (laid === undefined) return [];
	const { rows } = await sql`
		SELECT FROM site WHERE id = ${siteId} AND body -> 'closedBins' ? ${laid.bin}`.execute(transaction);
	if (rows.length === 0) return [];
	const { sku, name, bin } = laid;
	return [
		{
			exceptionKind: 'closed_bin_used',
			priority: 'normal',
			sku,
			bin,
			...(name === undefined ? {} : { productName: name }),
			fact: `${sku} was counted, found or laid into bin ${bin}`,
			plan: `Bin ${bin} is closed; look what is there`,
		},
	];
}
