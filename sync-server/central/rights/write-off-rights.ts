import { type Kysely, sql } from 'kysely';
import { leftOf, release } from '../../../shared/domain/selling-rights.ts';
import type { Problem } from '../../../shared/protocol/messages.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import type { SellingRight } from '../../../shared/schema/selling-right.ts';
import { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { keepExceptions } from '../exceptions/keep-exceptions.ts';
import { readProducts } from '../promising/rule-effects.ts';
import { lockPositions, type SiteUnits, takeClaims } from '../promising/stock-claims.ts';
import { activeDevices, keepRights, type RightsContext } from './balance-rights.ts';

export type WriteOff =
	| { readonly done: true; readonly deviceId: string; readonly units: readonly SiteUnits[] }
	| { readonly done: false; readonly status: 404 | 409; readonly problem: Problem };

/**
 * Frees what is set aside for a device that never comes back: a decision of a person. What it has promised and not sent yet is not covered from then
 * on: should it come after all, it is kept, and is a told debt where free stock doesn't reach. Doing it again frees nothing more.
 */
export async function writeOffRights(context: RightsContext, deviceId: string, reason: string): Promise<WriteOff> {
	const { db, clock } = context;
	return inTransaction(db, async (transaction): Promise<WriteOff> => {
		// Locked, so that it isn't heard of in the meantime.
		const device = await transaction
			.selectFrom('device')
			.select('site_id')
			.where('id', '=', deviceId)
			.forUpdate()
			.executeTakeFirst();
		if (device === undefined) {
			const message = `There is no device "${deviceId}".`;
			return { done: false, status: 404, problem: { error: 'not_found', message, where: '/id' } };
		}
		const { site_id: siteId } = device;
		if ((await activeDevices(transaction, siteId, clock)).includes(deviceId)) {
			return { done: false, status: 409, problem: stillHeardOf(deviceId) };
		}
		const rights = await lockRightsOf(transaction, siteId, deviceId);
		const units = rights.map((right) => ({ siteId, sku: right.sku, units: leftIn(right, deviceId) }));
		await lockPositions(transaction, units);
		await takeClaims(transaction, { kind: 'right', holderId: deviceId }, units);
		if (units.length > 0) {
			await sql`INSERT INTO domain_event (kind, body, recorded_at) VALUES ('rights_written_off',
				${JSON.stringify({ deviceId, reason, units })}::jsonb, ${clock.now().toString()}::timestamptz)`.execute(
				transaction,
			);
		}
		const documents = new DocumentWriter();
		const lost = await writtenOffCase(transaction, { deviceId, siteId, reason, units, at: clock.now().toString() });
		await keepExceptions(transaction, lost, documents);
		const after = rights.map((right) => release(right, deviceId, leftIn(right, deviceId)));
		await keepRights(transaction, after, documents);
		return { done: true, deviceId, units };
	});
}

/** What the device may have promised until then, for the people of its site. */
async function writtenOffCase(
	transaction: Kysely<Tables>,
	lost: {
		readonly deviceId: string;
		readonly siteId: string;
		readonly reason: string;
		readonly units: readonly SiteUnits[];
		readonly at: string;
	},
): Promise<readonly ExceptionCase[]> {
	const { deviceId, siteId, reason, units, at } = lost;
	if (units.length === 0) return [];
	const names = await readProducts(
		transaction,
		units.map(({ sku }) => sku),
	);
	const products = units.map((each) => ({
		sku: each.sku,
		name: names.get(each.sku)?.name ?? each.sku,
		quantity: each.units,
	}));
	const list = products.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ');
	return [
		{
			id: `${deviceId}-rights-written-off-${at}`,
			kind: 'exception',
			exceptionKind: 'rights_written_off',
			priority: 'high',
			state: 'open',
			siteId,
			operationId: deviceId,
			deviceId,
			actorName: 'central',
			openedAt: at,
			reason,
			products,
			quantity: products.reduce((sum, { quantity }) => sum + quantity, 0),
			fact: `The rights of the device ${deviceId} were written off (${reason}): ${list}`.slice(0, 2000),
			plan: 'It may have promised all of them to customers, and told nobody yet',
		},
	];
}

function stillHeardOf(deviceId: string): Problem {
	return {
		error: 'device_is_active',
		message: `The device "${deviceId}" was heard of in the last seven days: it may still promise what it holds.`,
		where: '/id',
		whatToDo: 'Wait until it gives its rights back by itself, or revoke it when it is lost.',
	};
}

const leftIn = ({ shares }: SellingRight, deviceId: string) => {
	const share = shares.find((each) => each.deviceId === deviceId);
	return share === undefined ? 0 : leftOf(share);
};

async function lockRightsOf(
	transaction: Kysely<Tables>,
	siteId: string,
	deviceId: string,
): Promise<readonly SellingRight[]> {
	const { rows } = await sql<{ body: SellingRight }>`
		SELECT body FROM stock_document WHERE kind = 'selling_right' AND site_ids @> ARRAY[${siteId}]
			AND body -> 'shares' @> ${JSON.stringify([{ deviceId }])}::jsonb
		ORDER BY id FOR UPDATE`.execute(transaction);
	return rows.map(({ body }) => body).filter((right) => leftIn(right, deviceId) > 0);
}
