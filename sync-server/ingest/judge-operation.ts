import { type Applied, applyStatement } from '../../shared/domain/apply-statement.ts';
import type { AnyStatement, RefusalReason, Subject } from '../../shared/domain/decision.ts';
import { mayRecord } from '../../shared/domain/permissions.ts';
import { operationKinds } from '../../shared/schema/operation.ts';
import { sitesOfStockDocument } from '../../shared/schema/stock-document.ts';
import type { GrantVerdict } from '../central/associates/grant.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import type { LockedLane } from './lock-lane.ts';

export type QuarantineReason =
	| 'unknown_type'
	| 'newer_version'
	| 'unreadable_frame'
	| 'unreadable_payload'
	| 'hash_mismatch'
	| 'signature_mismatch'
	| 'other_site'
	| 'not_found'
	/** Central itself failed over it. */
	| 'central_fault'
	| RefusalReason;

export type Judgment =
	| Extract<Applied, { outcome: 'applied' }>
	| { readonly outcome: 'refused'; readonly reason: RefusalReason }
	| { readonly outcome: 'quarantined'; readonly reason: QuarantineReason };

/**
 * What central makes of an operation that it can read. A request needs a valid grant with a fitting role; a fact is applied
 * in any case, for it has happened. Only a fact about a document that the site doesn't have is set aside for a person.
 */
export function judgeOperation(
	statement: AnyStatement,
	{ siteId, deviceId, formerly = [] }: Pick<Device, 'siteId' | 'deviceId' | 'formerly'>,
	loaded: LockedLane,
	grant: GrantVerdict,
): Judgment {
	const { nature } = operationKinds[statement.type];
	const order = loaded.order ?? undefined;
	const fulfillmentOrder = loaded.fulfillment_order ?? undefined;
	const exceptionCase = loaded.exception_case ?? undefined;
	const stockDocuments = loaded.stock_documents ?? [];
	const elsewhere =
		[fulfillmentOrder, exceptionCase].some((document) => document && document.siteId !== siteId) ||
		stockDocuments.some((document) => !sitesOfStockDocument(document).includes(siteId));
	if (elsewhere) return { outcome: 'quarantined', reason: 'other_site' };
	if (fulfillmentOrder && fulfillmentOrder.orderId !== order?.id)
		return { outcome: 'quarantined', reason: 'not_found' };
	if (nature === 'request') {
		if (!grant.ok) return { outcome: 'refused', reason: 'grant_expired' };
		if (!mayRecord(statement.type, grant.grant.roles)) return { outcome: 'refused', reason: 'role_not_allowed' };
	}
	const subject: Subject = {
		siteId,
		order,
		fulfillmentOrder,
		returnCase: loaded.return_case ?? undefined,
		exceptionCase,
		rightHolders: [deviceId, ...formerly],
		stockDocuments: new Map(stockDocuments.map((document) => [document.id, document])),
	};
	const applied = applyStatement(subject, { ...statement, roles: grant.ok ? grant.grant.roles : [] });
	if (applied.outcome === 'refused' && nature === 'fact') return { outcome: 'quarantined', reason: applied.reason };
	return applied;
}
