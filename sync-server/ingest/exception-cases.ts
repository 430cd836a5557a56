import { sql, type Transaction } from 'kysely';
import type { ExceptionDraft, Subject } from '../../shared/domain/decision.ts';
import type { ExceptionCase, ExceptionDetail } from '../../shared/schema/exception-case.ts';
import { stockPositionId } from '../../shared/schema/stock-position.ts';
import type { AbsentSerial, BelowZero, DuplicateSerial } from '../central/inventory/stock-ledger.ts';
import type { Tables } from '../database/tables.ts';
import type { QuarantineReason } from './judge-operation.ts';
import { storableText } from './read-frame.ts';

/** Where an exception comes from. */
export interface ExceptionSource {
	readonly opId: string;
	readonly deviceId: string;
	readonly siteId: string;
	readonly actorName: string;
	readonly openedAt: string;
	/** The number of the first one; others of the same operation have been opened before. */
	readonly firstNumber?: number;
	readonly subject?: Subject | undefined;
}

/** The cases of one operation, each with an id that follows from it. */
export function exceptionCases(drafts: readonly ExceptionDraft[], source: ExceptionSource): readonly ExceptionCase[] {
	const { fulfillmentOrder, order, returnCase } = source.subject ?? {};
	const orderNumber = order?.number ?? returnCase?.orderNumber;
	return drafts.map((draft, index) => ({
		...namesIn(source.subject, draft.sku),
		...draft,
		id: `${source.opId}-${(source.firstNumber ?? 1) + index}`,
		kind: 'exception',
		state: 'open',
		siteId: draft.siteId ?? source.siteId,
		operationId: source.opId,
		deviceId: source.deviceId,
		actorName: source.actorName,
		openedAt: source.openedAt,
		...(orderNumber === undefined ? {} : { orderNumber }),
		...(fulfillmentOrder === undefined ? {} : { fulfillmentOrderId: draft.fulfillmentOrderId ?? fulfillmentOrder.id }),
	}));
}

/** The names of what the exception speaks of, as the documents have them. */
function namesIn(subject: Subject | undefined, sku: string | undefined): ExceptionDetail {
	const { fulfillmentOrder, order } = subject ?? {};
	const lines = [...(fulfillmentOrder?.lines ?? []), ...(order?.lines ?? [])];
	const product = sku === undefined ? undefined : lines.find((line) => line.sku === sku);
	return {
		...(product === undefined ? {} : { productName: product.name }),
		...(fulfillmentOrder === undefined ? {} : { fulfillmentOrderNumber: fulfillmentOrder.number }),
	};
}

/** A SKU whose stock somebody at the site has been asked to count is no news while they have not. */
export async function notToldYet(
	transaction: Transaction<Tables>,
	belowZero: readonly BelowZero[],
): Promise<readonly BelowZero[]> {
	if (belowZero.length === 0) return [];
	const { rows } = await sql<{ site_id: string; sku: string }>`
		SELECT site_id, body ->> 'sku' AS sku FROM exception_case
		WHERE site_id = ANY (${belowZero.map(({ siteId }) => siteId)}::text[]) AND state = 'open'
			AND body ->> 'exceptionKind' = 'stock_below_zero'
			AND body ->> 'sku' = ANY (${belowZero.map(({ sku }) => sku)}::text[])`.execute(transaction);
	const told = new Set(rows.map(({ site_id, sku }) => stockPositionId(site_id, sku)));
	return belowZero.filter(({ siteId, sku }) => {
		const position = stockPositionId(siteId, sku);
		const isNews = !told.has(position);
		told.add(position);
		return isNews;
	});
}

export function belowZeroDraft({ siteId, sku, bucket, units }: BelowZero): ExceptionDraft {
	return {
		siteId,
		exceptionKind: 'stock_below_zero',
		priority: 'normal',
		sku,
		quantity: -units,
		bucket,
		unitsNow: units,
		fact: `Goods of ${sku} were moved that the books did not have as ${bucket.replace('_', ' ')}`,
		plan: `${units} units of ${sku} are ${bucket.replace('_', ' ')} now; count this product`,
	};
}

/** What came in with a serial number that another unit has in the books, which of them is wrong nobody can tell from here. */
export async function duplicateSerialDrafts(
	transaction: Transaction<Tables>,
	duplicates: readonly DuplicateSerial[],
): Promise<readonly ExceptionDraft[]> {
	if (duplicates.length === 0) return [];
	const siteIds = duplicates.map(({ before }) => before.siteId);
	const sites = await transaction.selectFrom('site').select('body').where('id', 'in', siteIds).execute();
	return duplicates.map(({ siteId, sku, serial, before }): ExceptionDraft => {
		const other = sites.find(({ body }) => body.id === before.siteId)?.body;
		return {
			siteId,
			exceptionKind: 'duplicate_serial',
			priority: 'normal',
			sku,
			serial,
			quantity: 1,
			...(other === undefined || other.id === siteId ? {} : { otherSiteName: other.name }),
			fact: `${sku} came in with the serial number ${serial}`,
			plan: `The books had it at ${other?.name ?? before.siteId} (${before.place.replace('_', ' ')}); that unit has no number now`,
		};
	});
}

/** What was taken with a serial number that is not here by the books: another unit was read, or one of the two is wrong. */
export async function absentSerialDrafts(
	transaction: Transaction<Tables>,
	absent: readonly AbsentSerial[],
): Promise<readonly ExceptionDraft[]> {
	const siteIds = absent.flatMap(({ before }) => before?.siteId ?? []);
	const sites =
		siteIds.length === 0
			? []
			: await transaction.selectFrom('site').select('body').where('id', 'in', siteIds).execute();
	return absent.map(({ siteId, sku, serial, before }): ExceptionDraft => {
		const other = sites.find(({ body }) => body.id === before?.siteId)?.body;
		const bucket = before === undefined || before.place === 'shelf' ? undefined : before.place;
		return {
			siteId,
			exceptionKind: 'serial_not_here',
			priority: 'normal',
			sku,
			serial,
			quantity: 1,
			...(bucket === undefined ? {} : { bucket }),
			...(other === undefined || other.id === siteId ? {} : { otherSiteName: other.name }),
			fact: `${sku} with the serial number ${serial} was taken off the shelf`,
			plan:
				before === undefined
					? 'The books know no such unit here'
					: `The books had it at ${other?.name ?? before.siteId} (${before.place.replace('_', ' ')})`,
		};
	});
}

const quarantineWords: Record<QuarantineReason, string> = {
	unknown_type: 'central does not know this kind of work',
	newer_version: 'it was written by a newer version of the app than central understands',
	unreadable_frame: 'its frame does not fit the protocol',
	unreadable_payload: 'its content does not fit its kind',
	hash_mismatch: 'its content does not fit its own hash: it was damaged on the way or on the device',
	signature_mismatch: 'the key of its device did not sign it: somebody else may have written it',
	other_site: 'it is about a document of another site',
	not_found: 'it is about a document that this site does not have',
	central_fault: 'central failed over it; the log of the server says how',
	already_shipped: 'the goods were shipped before',
	already_handed_over: 'the goods were handed over before',
	already_cancelled: 'it was cancelled before',
	already_started: 'it was started before',
	already_resolved: 'it was resolved before',
	already_sent: 'the goods had left before',
	same_site: 'a site asked itself for goods',
	unknown_site: 'central knows no such site',
	not_enough_stock: 'too few units are free at the site',
	already_captured: 'the order was captured before',
	already_reserved: 'it was reserved before',
	already_ended: 'the reservation had ended before',
	not_fulfilled_here: 'this site does not fulfill it',
	unknown_product: 'it is about a product that the catalog does not have',
	not_readable: 'its text or its dates can not be read',
	already_moved: 'it was moved to another site before',
	still_not_possible: 'it is not possible yet',
	count_closed: 'the count was closed before',
	count_not_submitted: 'the count was not submitted yet',
	unknown_codes_left: 'the count has codes that nobody knows',
	changed_meanwhile: 'somebody had counted more meanwhile',
	role_not_allowed: 'its author may not do this',
	grant_expired: 'its author was not signed in',
};

export function quarantineDraft(reason: QuarantineReason, type: unknown, seq: number): ExceptionDraft {
	return {
		exceptionKind: 'operation_quarantined',
		priority: 'high',
		operationType: storableText(type, 100) || '?',
		operationSeq: seq,
		problem: reason,
		fact: `A device sent "${storableText(type, 100)}" as its operation ${seq}`,
		plan: `It was kept and not applied, because ${quarantineWords[reason]}`,
	};
}

export function frozenDraft(why: string): ExceptionDraft {
	return {
		exceptionKind: 'operation_quarantined',
		priority: 'high',
		problem: 'lane_frozen',
		fact: `A device sent work that contradicts what it sent before: ${why}`,
		plan: 'Its lane is frozen and both histories are kept. Was the disk of this device copied to another one?',
	};
}

export function gapDraft(expectedSeq: number, cameSeq: number): ExceptionDraft {
	return {
		exceptionKind: 'operation_quarantined',
		priority: 'high',
		operationSeq: expectedSeq,
		problem: 'gap',
		fact: `A device keeps sending its operation ${cameSeq}, and not the ones from ${expectedSeq} on that come before it`,
		plan: 'Nothing behind the gap is taken in. Has somebody deleted a part of what this device had saved?',
	};
}
