import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import { decideHandOver, decidePack, decideShip, decideStage } from './decide-leaving.ts';
import { decidePick, decidePutBack, decideShort, decideStartPicking, decideUndoPick } from './decide-pick.ts';
import { decideReturn } from './decide-return.ts';
import { decideCancel, decideDecline, decideResolveException } from './decide-stop.ts';
import { type AnyStatement, type Decision, refused, type Subject } from './decision.ts';

/**
 * What follows from one statement about these documents. Pure: no clock, no random, no input or output.
 * `not_found` means that the site has no such document; central quarantines a fact that says so.
 */
export function decide(subject: Subject, statement: AnyStatement): Decision {
	if (statement.type === 'return') return decideReturn(subject, statement);
	if (statement.type === 'resolve_exception') return decideResolveException(subject.exceptionCase, statement);
	const { fulfillmentOrder } = subject;
	if (!fulfillmentOrder || fulfillmentOrder.siteId !== subject.siteId) return refused('not_found');
	return decideFulfillment(fulfillmentOrder, statement);
}

type FulfillmentStatement = Exclude<AnyStatement, { type: 'return' | 'resolve_exception' }>;

function decideFulfillment(fulfillmentOrder: FulfillmentOrder, statement: FulfillmentStatement): Decision {
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
			return decideShip(fulfillmentOrder, statement);
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
