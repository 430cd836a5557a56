import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { printGtin } from '../../../shared/codes/index.ts';
import { addMoney, type Money, timesMoney } from '../../../shared/money.ts';
import type { FulfillmentLine, FulfillmentOrder, Package } from '../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { documentPage, labeled, numberCell, numberTable } from './document-page.ts';
import { documentText } from './document-text.ts';

export interface PackingSlip {
	readonly fulfillmentOrder: FulfillmentOrder;
	/** The package that the slip lies in; one of the FO's. */
	readonly package: Package;
	readonly site: Site;
	/** When it was packed, an ISO instant; written in the site's time zone. */
	readonly packedAt: string;
	/** BCP 47, for instance de. */
	readonly language: string;
}

/** The slip that lies in a package: what is in it, what of the order is not, and the order's barcode. Made without the network. */
export function packingSlip(slip: PackingSlip): TDocumentDefinitions {
	const { fulfillmentOrder, site, packedAt } = slip;
	const text = documentText(slip.language, site);
	const { word, count, money } = text;
	const place = fulfillmentOrder.packages.findIndex((each) => each.id === slip.package.id) + 1;
	const packedOf = (line: FulfillmentLine) =>
		slip.package.lines.reduce((sum, each) => sum + (each.lineId === line.lineId ? each.quantity : 0), 0);

	let total: Money | null = null;
	const rows: (readonly Content[])[] = [];
	for (const line of fulfillmentOrder.lines) {
		const packed = packedOf(line);
		const amount = timesMoney(line.unitPrice, packed);
		total = total === null ? amount : addMoney(total, amount);
		const { short, cancelled } = line.quantities;
		const elsewhere = line.ordered - packed - short - cancelled;
		const notes = [
			...(short > 0 ? [word('notAvailable', { quantity: count(short) })] : []),
			...(cancelled > 0 ? [word('cancelled', { quantity: count(cancelled) })] : []),
			...(elsewhere > 0 ? [word('elsewhere', { quantity: count(elsewhere) })] : []),
		];
		const codes = [line.sku, ...line.gtins.slice(0, 1).map(printGtin)].join(' · ');
		rows.push([
			{
				stack: [
					{ text: line.name },
					{ text: codes, style: 'label' },
					...notes.map((note) => ({ text: note, style: 'label', italics: true })),
				],
			},
			numberCell(count(line.ordered)),
			numberCell(count(packed), true),
			numberCell(money(line.unitPrice)),
			numberCell(money(amount)),
		]);
	}
	const units = slip.package.lines.reduce((sum, each) => sum + each.quantity, 0);
	rows.push([
		{ text: word('total'), bold: true },
		'',
		numberCell(count(units), true),
		'',
		numberCell(total === null ? '' : money(total), true),
	]);

	const { trackingNumber, weightGrams } = slip.package;
	return documentPage(
		{
			title: word('packingSlip'),
			orderNumber: fulfillmentOrder.orderNumber,
			headings: [
				word('order', { number: fulfillmentOrder.orderNumber }),
				`${word('fulfillmentOrder', { number: fulfillmentOrder.number })} · ${word('package', { place: count(place) })}`,
			],
			site,
			body: [
				{
					columns: [
						labeled(word('shipTo'), [fulfillmentOrder.customer.name, ...text.address(fulfillmentOrder.shipTo)]),
						labeled(word('from'), [site.name, `${site.postalCode} ${site.town}`]),
						{
							stack: [
								labeled(word('packedAt'), [text.time(packedAt)]),
								{ text: '', margin: [0, 4, 0, 0] },
								labeled(word('weight'), [text.weight(weightGrams)]),
								...(trackingNumber === null
									? []
									: [
											{ text: '', margin: [0, 4, 0, 0] as [number, number, number, number] },
											labeled(word('tracking'), [trackingNumber]),
										]),
							],
						},
					],
					columnGap: 24,
					margin: [0, 0, 0, 20],
				},
				numberTable([word('item'), word('ordered'), word('inPackage'), word('each'), word('amount')], rows),
			],
		},
		text,
	);
}

/** A file name that sorts by order, for instance packing-slip-1042-1-2.pdf. */
export function packingSlipFileName(fulfillmentOrder: FulfillmentOrder, packageId: string): string {
	const place = fulfillmentOrder.packages.findIndex((each) => each.id === packageId) + 1;
	return `packing-slip-${fulfillmentOrder.number.replace(/[^0-9A-Za-z_-]+/g, '-')}-${place}.pdf`;
}
