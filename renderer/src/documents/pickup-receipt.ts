import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { addMoney, type Money, timesMoney } from '../../../shared/money.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { documentPage, labeled, numberCell, numberTable } from './document-page.ts';
import { documentText } from './document-text.ts';

export interface PickupReceipt {
	readonly fulfillmentOrder: FulfillmentOrder;
	/** What was handed over now. */
	readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
	readonly collectedBy: string;
	readonly site: Site;
	/** When it was handed over, an ISO instant; written in the site's time zone. */
	readonly collectedAt: string;
	/** BCP 47, for instance de. */
	readonly language: string;
}

/** What the customer takes home with the goods: what was handed over, to whom, and the order's barcode for a return. */
export function pickupReceipt(receipt: PickupReceipt): TDocumentDefinitions {
	const { fulfillmentOrder, site } = receipt;
	const text = documentText(receipt.language, site);
	const { word, count, money } = text;
	let total: Money | null = null;
	let units = 0;
	const rows: (readonly Content[])[] = [];
	for (const line of fulfillmentOrder.lines) {
		const collected = receipt.lines.reduce((sum, each) => sum + (each.lineId === line.lineId ? each.quantity : 0), 0);
		if (collected === 0) continue;
		const amount = timesMoney(line.unitPrice, collected);
		total = total === null ? amount : addMoney(total, amount);
		units += collected;
		rows.push([
			{ stack: [{ text: line.name }, { text: line.sku, style: 'label' }] },
			numberCell(count(line.ordered)),
			numberCell(count(collected), true),
			numberCell(money(line.unitPrice)),
			numberCell(money(amount)),
		]);
	}
	rows.push([
		{ text: word('total'), bold: true },
		'',
		numberCell(count(units), true),
		'',
		numberCell(total === null ? '' : money(total), true),
	]);
	return documentPage(
		{
			title: word('pickupReceipt'),
			orderNumber: fulfillmentOrder.orderNumber,
			headings: [word('order', { number: fulfillmentOrder.orderNumber })],
			site,
			body: [
				{
					columns: [
						labeled(word('placedFor'), [fulfillmentOrder.customer.name]),
						labeled(word('collectedBy'), [receipt.collectedBy]),
						labeled(word('collectedAt'), [text.time(receipt.collectedAt)]),
					],
					columnGap: 24,
					margin: [0, 0, 0, 20],
				},
				numberTable([word('item'), word('ordered'), word('collected'), word('each'), word('amount')], rows),
			],
		},
		text,
	);
}

/** For instance pickup-receipt-1042-1.pdf. */
export function pickupReceiptFileName(fulfillmentOrder: FulfillmentOrder): string {
	return `pickup-receipt-${fulfillmentOrder.number.replace(/[^0-9A-Za-z_-]+/g, '-')}.pdf`;
}
