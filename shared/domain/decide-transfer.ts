import type { Transfer } from '../schema/transfer.ts';
import {
	applied,
	type Decision,
	type ExceptionDraft,
	refused,
	type Statement,
	type Subject,
	type UnitStep,
} from './decision.ts';
import { emptyTransferLine, isSupplyClosed, isSupplyStopped } from './supply.ts';
import { releaseSteps, transferOf, transferStep } from './transfer-units.ts';

/** A site asks another for goods: they are set aside there at once, so that nobody is promised them. */
export function decideTransferRequest(
	{ siteId, stockDocuments }: Subject,
	{ payload, actorName, at }: Statement<'request_transfer'>,
): Decision {
	if (payload.fromSiteId === siteId) return refused('same_site');
	if (stockDocuments?.has(payload.transferId)) return applied([]);
	const bySku = [...Map.groupBy(payload.lines, ({ sku }) => sku).values()];
	const transfer: Transfer = {
		id: payload.transferId,
		kind: 'transfer',
		number: payload.number,
		fromSiteId: payload.fromSiteId,
		fromSiteName: payload.fromSiteName,
		toSiteId: siteId,
		toSiteName: payload.toSiteName,
		state: 'requested',
		requestedAt: at,
		requestedBy: actorName,
		expectedOn: payload.expectedOn,
		sentAt: null,
		lines: bySku.flatMap((own) => {
			const [first] = own;
			if (first === undefined) return [];
			const requested = own.reduce((sum, { quantity }) => sum + quantity, 0);
			return [{ ...emptyTransferLine(first), gtins: [...first.gtins], requested }];
		}),
		boxes: [],
	};
	const steps = transfer.lines.map(
		({ sku, requested }): UnitStep => ({
			...transferStep(sku, requested, 'available', 'allocated'),
			siteId: transfer.fromSiteId,
		}),
	);
	return applied([{ kind: 'transfer_requested', steps, documents: [transfer] }]);
}

/** A site gives another one goods of itself. Nothing is set aside for it: only what is picked leaves the shelf. */
export function decideOpenTransfer(
	{ siteId, stockDocuments }: Subject,
	{ payload, actorName, at }: Statement<'open_transfer'>,
): Decision {
	if (payload.toSiteId === siteId) return refused('same_site');
	if (stockDocuments?.has(payload.transferId)) return applied([]);
	const { transferId: id, number, fromSiteName, toSiteId, toSiteName, expectedOn } = payload;
	const transfer: Transfer = {
		id,
		kind: 'transfer',
		number,
		fromSiteId: siteId,
		fromSiteName,
		toSiteId,
		toSiteName,
		state: 'open',
		unasked: true,
		requestedAt: at,
		requestedBy: actorName,
		expectedOn,
		sentAt: null,
		lines: [],
		boxes: [],
	};
	return applied([{ kind: 'transfer_opened', steps: [], documents: [transfer] }]);
}

/** The site that asked wants it no more, or the site that was asked can't or won't. Nothing is stopped that has left. */
export function decideTransferStop(
	subject: Subject,
	statement: Statement<'cancel_transfer'> | Statement<'decline_transfer'>,
): Decision {
	const transfer = transferOf(subject, statement.payload.transferId);
	const isDecline = statement.type === 'decline_transfer';
	if (transfer === undefined) return refused('not_found');
	if ((isDecline ? transfer.fromSiteId : transfer.toSiteId) !== subject.siteId) return refused('not_found');
	if (isSupplyStopped(transfer)) return refused('already_cancelled');
	if (transfer.state === 'in_transit' || isSupplyClosed(transfer)) return refused('already_sent');
	const { reason } = statement.payload;
	const stopped: Transfer = { ...transfer, state: isDecline ? 'declined' : 'cancelled', stoppedBecause: reason };
	return applied(
		[
			{
				kind: isDecline ? 'transfer_declined' : 'transfer_cancelled',
				steps: releaseSteps(transfer),
				documents: [stopped],
			},
		],
		toldOfStop(stopped, isDecline),
	);
}

/** The other site learns why; and what was picked must go back to its bin. */
function toldOfStop(transfer: Transfer, isDecline: boolean): readonly ExceptionDraft[] {
	const drafts: ExceptionDraft[] = [];
	const { number, fromSiteId, fromSiteName, toSiteId, toSiteName, stoppedBecause: reason = '' } = transfer;
	if (isDecline)
		drafts.push({
			exceptionKind: 'transfer_stopped',
			priority: 'normal',
			siteId: toSiteId,
			supplyNumber: number,
			otherSiteName: fromSiteName,
			reason,
			fact: `${fromSiteName} declined ${number}: ${reason}`.slice(0, 2000),
			plan: `${toSiteName} was to get it`,
		});
	const quantity = transfer.lines.reduce((sum, line) => sum + line.picked - line.sent, 0);
	if (quantity > 0)
		drafts.push({
			exceptionKind: 'transfer_put_back',
			priority: 'normal',
			siteId: fromSiteId,
			supplyNumber: number,
			otherSiteName: toSiteName,
			quantity,
			fact: `${quantity} units had been picked for ${number}`,
			plan: `${number} was ${transfer.state}: put them back`,
		});
	return drafts;
}
