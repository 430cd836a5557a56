import { type Supply, unitsOf } from '../../../../shared/domain/supply.ts';
import type { OperationOf } from '../../../../shared/schema/operation.ts';

type SupplyOperation = OperationOf<
	| 'receive'
	| 'undo_receive'
	| 'close_receipt'
	| 'request_transfer'
	| 'open_transfer'
	| 'cancel_transfer'
	| 'decline_transfer'
	| 'pick_transfer'
	| 'put_back_transfer'
	| 'short_transfer'
	| 'pack_transfer'
	| 'send_transfer'
>;

/** What stock work on a purchase order, a transfer or goods without paper says. */
export function supplyFacts(
	{ type, payload }: SupplyOperation,
	find: (id: string) => Supply | null,
): Readonly<Record<string, string | number>> {
	const named: { readonly purchaseOrderId?: string; readonly transferId?: string } = payload;
	const id = named.purchaseOrderId ?? named.transferId;
	const document = id === undefined ? null : find(id);
	const supply = document?.number ?? id ?? '';
	const product = (sku: string) => document?.lines.find((line) => line.sku === sku)?.name ?? sku;
	const variant = id === undefined ? 'WithoutPaper' : '';
	switch (type) {
		case 'receive':
			return { supply, count: unitsOf(payload.lines), variant };
		case 'undo_receive':
			return { supply, variant };
		case 'close_receipt':
			return { supply, variant: payload.complete && id !== undefined ? 'Complete' : variant };
		case 'request_transfer':
			return { supply: payload.number, count: unitsOf(payload.lines), site: payload.fromSiteName };
		case 'open_transfer':
			return { supply: payload.number, site: payload.toSiteName };
		case 'cancel_transfer':
		case 'decline_transfer':
			return { supply, reason: payload.reason };
		case 'pick_transfer':
		case 'put_back_transfer':
			return { supply, count: payload.quantity, product: product(payload.sku) };
		case 'short_transfer':
			return { supply, count: payload.quantity, product: product(payload.sku), reasonKey: payload.reason };
		case 'pack_transfer':
		case 'send_transfer':
			return { supply, count: unitsOf(payload.lines) };
	}
}
