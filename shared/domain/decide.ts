import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { Order } from '../schema/order.ts';
import { decideBinClosure } from './closed-bins.ts';
import { decideEditAddress, decidePrintLabel } from './decide-address.ts';
import { decideAdjust } from './decide-adjust.ts';
import { decideAskManager, decideRetryOperation, decideSetAside } from './decide-attention.ts';
import { decideMoveBetweenBins } from './decide-bins.ts';
import { type CountStatement, decideCounting, isCountStatement } from './decide-counting.ts';
import { decideHandOver, decidePack, decideShip, decideStage } from './decide-leaving.ts';
import { decidePick, decidePutBack, decideShort, decideStartPicking, decideUndoPick } from './decide-pick.ts';
import { decidePromise, isPromise, type PromiseStatement } from './decide-promise.ts';
import { decideCloseReceipt, decideReceive, decideUndoReceive } from './decide-receive.ts';
import { decideReturn } from './decide-return.ts';
import { decideCancel, decideDecline, decideResolveException } from './decide-stop.ts';
import { decideOpenTransfer, decideTransferRequest, decideTransferStop } from './decide-transfer.ts';
import {
	decidePackTransfer,
	decidePickTransfer,
	decidePutBackTransfer,
	decideSendTransfer,
	decideShortTransfer,
} from './decide-transfer-work.ts';
import { type AnyStatement, type Decision, refused, type Subject } from './decision.ts';

/**
 * What follows from one statement about these documents. Pure: no clock, no random, no input or output.
 * `not_found` means that the site has no such document; central quarantines a fact that says so.
 */
export function decide(subject: Subject, statement: AnyStatement): Decision {
	if (statement.type === 'return') return decideReturn(subject, statement);
	if (statement.type === 'resolve_exception') return decideResolveException(subject.exceptionCase, statement);
	if (statement.type === 'retry_operation') return decideRetryOperation(subject.exceptionCase, statement);
	if (statement.type === 'set_aside') return decideSetAside(statement);
	if (statement.type === 'ask_manager') return decideAskManager(subject.exceptionCase, statement);
	if (statement.type === 'edit_address') return decideEditAddress(subject.order, statement);
	if (isCountStatement(statement)) return decideCounting(subject, statement);
	if (statement.type === 'adjust') return decideAdjust(statement);
	if (statement.type === 'move_between_bins') return decideMoveBetweenBins(statement);
	if (statement.type === 'close_bin' || statement.type === 'open_bin') return decideBinClosure(subject, statement);
	if (isSupplyStatement(statement)) return decideSupply(subject, statement);
	if (isPromise(statement)) return decidePromise(subject, statement);
	const { fulfillmentOrder } = subject;
	if (!fulfillmentOrder || fulfillmentOrder.siteId !== subject.siteId) return refused('not_found');
	return decideFulfillment(fulfillmentOrder, subject.order, statement);
}

const supplyTypes = [
	'receive',
	'undo_receive',
	'close_receipt',
	'request_transfer',
	'open_transfer',
	'cancel_transfer',
	'decline_transfer',
	'pick_transfer',
	'put_back_transfer',
	'short_transfer',
	'pack_transfer',
	'send_transfer',
] as const;
type SupplyStatement = Extract<AnyStatement, { type: (typeof supplyTypes)[number] }>;

function isSupplyStatement(statement: AnyStatement): statement is SupplyStatement {
	return (supplyTypes as readonly string[]).includes(statement.type);
}

function decideSupply(subject: Subject, statement: SupplyStatement): Decision {
	switch (statement.type) {
		case 'receive':
			return decideReceive(subject, statement);
		case 'undo_receive':
			return decideUndoReceive(subject, statement);
		case 'close_receipt':
			return decideCloseReceipt(subject, statement);
		case 'request_transfer':
			return decideTransferRequest(subject, statement);
		case 'open_transfer':
			return decideOpenTransfer(subject, statement);
		case 'cancel_transfer':
		case 'decline_transfer':
			return decideTransferStop(subject, statement);
		case 'pick_transfer':
			return decidePickTransfer(subject, statement);
		case 'put_back_transfer':
			return decidePutBackTransfer(subject, statement);
		case 'short_transfer':
			return decideShortTransfer(subject, statement);
		case 'pack_transfer':
			return decidePackTransfer(subject, statement);
		case 'send_transfer':
			return decideSendTransfer(subject, statement);
	}
}

type FulfillmentStatement = Exclude<
	AnyStatement,
	| SupplyStatement
	| CountStatement
	| PromiseStatement
	| {
			type:
				| 'return'
				| 'resolve_exception'
				| 'retry_operation'
				| 'set_aside'
				| 'ask_manager'
				| 'edit_address'
				| 'adjust'
				| 'move_between_bins'
				| 'close_bin'
				| 'open_bin';
	  }
>;

function decideFulfillment(
	fulfillmentOrder: FulfillmentOrder,
	order: Order | undefined,
	statement: FulfillmentStatement,
): Decision {
	switch (statement.type) {
		case 'start_picking':
			return decideStartPicking(fulfillmentOrder);
		case 'pick':
			return decidePick(fulfillmentOrder, statement);
		case 'undo_pick':
			return decideUndoPick(fulfillmentOrder, statement);
		case 'short':
			return decideShort(fulfillmentOrder, statement);
		case 'pack':
			return decidePack(fulfillmentOrder, statement);
		case 'ship':
			return decideShip(fulfillmentOrder, order, statement);
		case 'print_label':
			return decidePrintLabel(fulfillmentOrder, statement);
		case 'stage':
			return decideStage(fulfillmentOrder, statement);
		case 'hand_over':
			return decideHandOver(fulfillmentOrder, statement);
		case 'put_back':
			return decidePutBack(fulfillmentOrder, statement);
		case 'cancel':
			return decideCancel(fulfillmentOrder, statement);
		case 'decline':
			return decideDecline(fulfillmentOrder, statement);
	}
}
