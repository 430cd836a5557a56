import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { AnnouncedUnit } from '../../../shared/schema/purchase-order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Transfer } from '../../../shared/schema/transfer.ts';
import { ssccPicture } from './code-picture.ts';
import { labeled } from './document-page.ts';
import { documentText } from './document-text.ts';

export interface BoxLabels {
	readonly transfer: Transfer;
	/** One label each. */
	readonly boxes: readonly AnnouncedUnit[];
	/** The site that sends them. */
	readonly site: Site;
	/** An ISO instant; written in the site's time zone. */
	readonly packedAt: string;
	/** BCP 47, for instance de. */
	readonly language: string;
}

/** Labels for the boxes of a transfer, one on each A6 page: where it goes, what is in it, and its SSCC. Made without the network. */
export function boxLabel({ transfer, boxes, site, packedAt, language }: BoxLabels): TDocumentDefinitions {
	const text = documentText(language, site);
	const { word, count } = text;
	const names = new Map(transfer.lines.map(({ sku, name }) => [sku, name]));
	const content = boxes.map(
		({ sscc, lines }, index): Content => ({
			stack: [
				{ text: word('transfer', { number: transfer.number }), style: 'title' },
				{
					columns: [
						labeled(word('to'), [transfer.toSiteName]),
						labeled(word('from'), [transfer.fromSiteName]),
						labeled(word('packedAt'), [text.time(packedAt)]),
					],
					columnGap: 12,
					margin: [0, 8, 0, 8],
				},
				...lines.map(({ sku, quantity, lot }) => ({
					text: [`${count(quantity)} × ${names.get(sku) ?? sku}`, ...(lot === undefined ? [] : [` · ${lot}`])].join(''),
				})),
				{ svg: ssccPicture(sscc), fit: [250, 90], alignment: 'center', margin: [0, 14, 0, 0] },
				{ text: `(00) ${sscc}`, alignment: 'center', fontSize: 11, margin: [0, 4, 0, 0] },
			],
			...(index > 0 ? { pageBreak: 'before' } : {}),
		}),
	);
	return {
		info: { title: word('transfer', { number: transfer.number }), author: site.retailer, creator: 'Backstock' },
		pageSize: 'A6',
		pageMargins: [20, 20, 20, 20],
		defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.2, color: '#1a1a1a' },
		styles: { title: { fontSize: 16, bold: true }, label: { fontSize: 7.5, color: '#555555' } },
		content,
	};
}

/** A file name that sorts by transfer, for instance boxes-T7K2M9QX.pdf. */
export function boxLabelFileName({ number }: Transfer): string {
	return `boxes-${number.replace(/[^0-9A-Za-z_-]+/g, '-')}.pdf`;
}
