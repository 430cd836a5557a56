import type { Transaction } from 'kysely';
import type { ExceptionDraft } from '../../shared/domain/decision.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import { DocumentWriter, siteStream } from '../database/documents.ts';
import type { Tables } from '../database/tables.ts';
import { exceptionCases } from './exception-cases.ts';
import type { Incoming } from './incoming.ts';

/**
 * Tells a person what is wrong with a lane, once for each `what`. It is the lane's own case: the operation that it names may have
 * one of its own.
 */
export async function openLaneException(
	transaction: Transaction<Tables>,
	device: Device,
	{ frame, receivedAt }: Incoming,
	{ what, draft }: { readonly what: string; readonly draft: ExceptionDraft },
): Promise<void> {
	const documents = new DocumentWriter();
	const opened = exceptionCases([draft], {
		opId: `lane-${device.laneId}-${what}`.slice(0, 90),
		deviceId: device.deviceId,
		siteId: device.siteId,
		actorName: 'central',
		openedAt: receivedAt,
	}).map((exception) => ({ ...exception, operationId: frame.opId }));
	for (const exception of opened) {
		const { id, siteId, state, openedAt } = exception;
		const inserted = await transaction
			.insertInto('exception_case')
			.values({ id, site_id: siteId, state, opened_at: openedAt, body: JSON.stringify(exception) })
			.onConflict((conflict) => conflict.column('id').doNothing())
			.executeTakeFirst();
		if (inserted.numInsertedOrUpdatedRows === 1n) documents.put(siteStream(siteId), 'meta', id, exception);
	}
	await documents.publish(transaction);
}
