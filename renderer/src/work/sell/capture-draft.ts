import { orderNumberOf } from '../../../../shared/domain/order-number.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Customer, Method } from '../../../../shared/schema/order.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { CapturedGoods } from '../../../../shared/schema/stock-operation.ts';
import { type Basket, emptyBasket, type FilledLine } from './basket.ts';
import { nothingTyped, type ReadCustomer, type TypedCustomer } from './read-customer.ts';

/** An order that is being taken. Its ids are made once, so that what was recorded is known after a crash. */
export interface CaptureDraft {
	readonly orderId: string;
	readonly fulfillmentOrderId: string;
	readonly passCode: string;
	readonly method: Method;
	readonly typed: TypedCustomer;
	readonly basket: Basket;
	/** The order that it replaces goods of; empty for none. */
	readonly replaces: string;
}

export interface NewIds {
	readonly newId: () => string;
	readonly passCode: () => string;
}

export function emptyCapture(ids: NewIds): CaptureDraft {
	return {
		orderId: ids.newId(),
		fulfillmentOrderId: ids.newId(),
		passCode: ids.passCode(),
		method: 'pickup',
		typed: nothingTyped,
		basket: emptyBasket,
		replaces: '',
	};
}

/** A draft that replaces goods of another order, for the same customer. */
export function replacing(
	draft: CaptureDraft,
	{ orderNumber, customer }: { readonly orderNumber: string; readonly customer: Customer },
): CaptureDraft {
	const { name, phone = '', email = '' } = customer;
	return { ...draft, replaces: orderNumber, typed: { ...draft.typed, name, phone, email } };
}

type CapturePayload = PayloadOf<'capture_order'>;

/** The operation of a finished draft. Lots and serials are chosen when it is picked: an order's lines are products. */
export function capturePayload(
	draft: CaptureDraft,
	lines: readonly FilledLine[],
	parts: {
		readonly site: Pick<Site, 'id' | 'name'>;
		readonly customer: ReadCustomer;
		readonly placedAt: string;
		readonly promisedAt: string;
		readonly rights: CapturePayload['rights'];
	},
): CapturePayload {
	const { site, customer, placedAt, promisedAt, rights } = parts;
	const bySku = Map.groupBy(lines, ({ sku }) => sku);
	const products = [...bySku.values()].flatMap((same) => {
		const [first] = same;
		return first === undefined ? [] : [{ ...first, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) }];
	});
	const goods: CapturedGoods[] = products.map(({ sku, name, gtins, unitPrice, unitWeightGrams, bin }) => ({
		sku,
		name,
		gtins: [...gtins],
		unitPrice,
		unitWeightGrams,
		bin,
	}));
	return {
		orderId: draft.orderId,
		fulfillmentOrderId: draft.fulfillmentOrderId,
		orderNumber: orderNumberOf(draft.orderId),
		passCode: draft.passCode,
		siteName: site.name,
		capture: {
			channel: 'order desk',
			externalId: draft.replaces === '' ? draft.orderId : `${draft.replaces} ${draft.orderId}`,
			placedAt,
			promisedAt,
			method: draft.method,
			siteId: site.id,
			currency: products[0]?.unitPrice.currency ?? 'GBP',
			customer: customer.customer,
			shipTo: customer.shipTo,
			lines: products.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unitPriceMinor: unitPrice.minor })),
		},
		goods,
		rights,
	};
}
