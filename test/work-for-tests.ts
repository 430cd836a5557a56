import { sampleOrder } from '../shared/domain/sample-order.ts';
import { addOrder, type Content, type TestCentral } from './central-for-tests.ts';

let numbers = 700_000;

/** An order of one line, to be picked at a site. */
export async function addWork(central: TestCentral, quantity = 3, siteId = 'S-1', ofSku?: string) {
	numbers += 1;
	const sample = sampleOrder([{ sku: ofSku ?? `sku-${numbers}`, quantity }], 'ship', String(numbers));
	const fulfillments = sample.order.fulfillments.map((part) => ({ ...part, siteId }));
	const order = { ...sample.order, fulfillments };
	const fulfillmentOrder = { ...sample.fulfillmentOrder, siteId };
	await addOrder(central, { order, fulfillmentOrder });
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: order.id };
	const [line] = fulfillmentOrder.lines;
	if (line === undefined) throw new Error('A sample order has a line');
	const { lineId, sku } = line;
	return {
		order,
		fulfillmentOrder,
		target,
		sku,
		pick: (units: number): Content => ({ type: 'pick', payload: { ...target, lineId, sku, quantity: units } }),
		/** Units in hand, by central's books. */
		async picked(): Promise<number> {
			const { picked } = await central.database.db
				.selectFrom('stock_position')
				.select('picked')
				.where('sku', '=', sku)
				.where('site_id', '=', siteId)
				.executeTakeFirstOrThrow();
			return picked;
		},
	};
}
