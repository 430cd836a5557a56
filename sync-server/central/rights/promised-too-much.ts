import { type Kysely, sql } from 'kysely';
import type { ExceptionDraft } from '../../../shared/domain/decision.ts';
import { type Movement, stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';
import { readFreeUnits } from '../promising/stock-claims.ts';

interface SiteSku {
	readonly siteId: string;
	readonly sku: string;
}

/** Units that are promised, or may be, and are not there. */
export interface Debt extends SiteSku {
	readonly units: number;
}

/** The positions from which movements take what might have been promised; nearly no operation does. */
export function takenFromAvailable(movements: readonly Movement[]): readonly SiteSku[] {
	return movements.filter(({ from, to }) => from === 'available' && to !== 'available');
}

/** Of these positions, those whose claims are more than what is available, and of which nobody was told yet. */
export async function findDebts(
	db: Kysely<Tables>,
	positions: readonly SiteSku[],
	at: string,
): Promise<readonly Debt[]> {
	if (positions.length === 0) return [];
	const free = await readFreeUnits(db, positions, at);
	const owed = [...new Map(positions.map((each) => [stockPositionId(each.siteId, each.sku), each]))].flatMap(
		([id, { siteId, sku }]) => {
			const units = -(free.get(id) ?? 0);
			return units > 0 ? [{ siteId, sku, units }] : [];
		},
	);
	if (owed.length === 0) return [];
	const { rows } = await sql<{ site_id: string; sku: string }>`
		SELECT site_id, body ->> 'sku' AS sku FROM exception_case
		WHERE site_id = ANY (${owed.map(({ siteId }) => siteId)}::text[]) AND state = 'open'
			AND body ->> 'exceptionKind' = 'promised_more_than_held'
			AND body ->> 'sku' = ANY (${owed.map(({ sku }) => sku)}::text[])`.execute(db);
	const told = new Set(rows.map(({ site_id, sku }) => stockPositionId(site_id, sku)));
	return owed.filter(({ siteId, sku }) => !told.has(stockPositionId(siteId, sku)));
}

export function debtDraft({ siteId, sku, units }: Debt): ExceptionDraft {
	return {
		siteId,
		exceptionKind: 'promised_more_than_held',
		priority: 'high',
		sku,
		quantity: units,
		fact: `${units} units of ${sku} were sold, promised or found missing beyond what was free`,
		plan: `Orders, reservations and selling rights of ${siteId} count on them; count this product`,
	};
}
