import { sql } from 'kysely';
import type { Problem } from '../../../shared/protocol/messages.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { DocumentWriter, sharedStream } from '../../database/documents.ts';
import { inTransaction } from '../../database/transaction.ts';
import { type LatenessContext, rerouteLate } from './reroute-late.ts';
import { tellOfPickups } from './tell-of-pickups.ts';

export type ClosedDaysResult =
	/** And the parts that went to other sites at once. */
	| { readonly done: true; readonly site: Site; readonly moved: number }
	| { readonly done: false; readonly status: 400 | 404; readonly problem: Problem };

/**
 * Says on which days a site is closed in spite of its opening hours, in place of what was said before. Parts that it can't send in time
 * then, and that nobody has started, go to other sites at once, and operations are told of pickups. Saying the same again changes nothing.
 */
export async function changeClosedDays(
	context: LatenessContext,
	siteId: string,
	closedDays: readonly string[],
): Promise<ClosedDaysResult> {
	const wrong = closedDays.findIndex((day) => !isDay(day));
	if (wrong >= 0) {
		const message = `There is no day "${closedDays[wrong]}".`;
		return { done: false, status: 400, problem: { error: 'no_such_day', message, where: `/closedDays/${wrong}` } };
	}
	const site = await inTransaction(context.db, async (transaction) => {
		const { rows } = await sql<{ body: Site }>`SELECT body FROM site WHERE id = ${siteId} FOR UPDATE`.execute(
			transaction,
		);
		const [row] = rows;
		if (row === undefined) return undefined;
		const changed: Site = { ...row.body, closedDays: [...new Set(closedDays)].sort() };
		if (JSON.stringify(changed.closedDays) === JSON.stringify(row.body.closedDays ?? [])) return row.body;
		await transaction
			.updateTable('site')
			.set({ body: JSON.stringify(changed) })
			.where('id', '=', siteId)
			.execute();
		const documents = new DocumentWriter();
		documents.put(sharedStream, 'sites', siteId, changed);
		await documents.publish(transaction);
		return changed;
	});
	if (site === undefined) {
		const problem = { error: 'not_found', message: `There is no site "${siteId}".`, where: '/siteId' };
		return { done: false, status: 404, problem };
	}
	const moved = await rerouteLate(context, [siteId]);
	await tellOfPickups(context);
	return { done: true, site, moved };
}

function isDay(day: string): boolean {
	try {
		return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString() === day;
	} catch {
		return false;
	}
}
