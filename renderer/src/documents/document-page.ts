import type { Content, ContentTable, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { orderCode } from '../../../shared/codes/index.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { barcodePicture } from './code-picture.ts';
import type { DocumentText } from './document-text.ts';

// North America prints on Letter, everybody else on A4.
const letterCountries = ['US', 'CA', 'MX'];

export interface DocumentPage {
	readonly title: string;
	readonly orderNumber: string;
	/** Below the title, one a line. */
	readonly headings: readonly string[];
	readonly site: Site;
	readonly body: readonly Content[];
}

/** The page that all documents share: who sends it, its title, and the order's barcode, which leads back to the order when it is scanned. */
export function documentPage(page: DocumentPage, text: DocumentText): TDocumentDefinitions {
	const { site, orderNumber } = page;
	const code = orderCode(orderNumber);
	return {
		info: { title: `${page.title} ${orderNumber}`, author: site.retailer, creator: 'Backstock' },
		pageSize: letterCountries.includes(site.country) ? 'LETTER' : 'A4',
		pageMargins: [48, 48, 48, 56],
		defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.25, color: '#1a1a1a' },
		styles: {
			title: { fontSize: 22, bold: true },
			label: { fontSize: 8.5, color: '#555555' },
			head: { fontSize: 8.5, color: '#555555' },
			strong: { bold: true },
		},
		content: [
			{
				columns: [
					{
						width: '*',
						stack: [
							{ text: site.retailer, style: 'strong' },
							{ text: page.title, style: 'title', margin: [0, 6, 0, 2] },
							...page.headings.map((heading) => ({ text: heading, fontSize: 11 })),
						],
					},
					{
						width: 'auto',
						stack: [
							{ svg: barcodePicture(code), fit: [230, 52], alignment: 'right' },
							{ text: code, alignment: 'right', fontSize: 9, margin: [0, 3, 0, 0] },
						],
					},
				],
				columnGap: 24,
				margin: [0, 0, 0, 24],
			},
			...page.body,
			{ text: text.word('toReturn'), style: 'label', margin: [0, 24, 0, 0] },
		],
		footer: (current, pages) => ({
			columns: [
				{ text: [site.name, site.postalCode, site.town].join(' · ') },
				{ text: text.word('page', { page: current, pages }), alignment: 'right' },
			],
			style: 'label',
			margin: [48, 16, 48, 0],
		}),
	};
}

/** A small heading with its lines below. */
export function labeled(label: string, lines: readonly string[]): Content {
	const [first, ...others] = lines;
	return {
		stack: [
			{ text: label, style: 'label', margin: [0, 0, 0, 2] },
			{ text: first ?? '', style: 'strong' },
			...others.map((line) => ({ text: line })),
		],
	};
}

/** A table whose first column takes the room and whose others hold numbers; the last row is the sum. */
export function numberTable(head: readonly string[], rows: readonly (readonly Content[])[]): ContentTable {
	return {
		table: {
			headerRows: 1,
			// A line of the table is never cut in two by the end of a page.
			dontBreakRows: true,
			widths: head.map((_, column) => (column === 0 ? '*' : 'auto')),
			body: [
				head.map((word, column) => ({ text: word, style: 'head', alignment: column === 0 ? 'left' : 'right' })),
				...rows.map((row) => [...row]),
			],
		},
		layout: {
			hLineWidth: (row, node) => (row === 0 || row === node.table.body.length ? 0 : row === 1 ? 1 : 0.5),
			hLineColor: (row) => (row === 1 ? '#1a1a1a' : '#cccccc'),
			vLineWidth: () => 0,
			paddingLeft: (column) => (column === 0 ? 0 : 10),
			paddingRight: () => 0,
			paddingTop: () => 5,
			paddingBottom: () => 5,
		},
	};
}

export function numberCell(value: string, isStrong = false): Content {
	return { text: value, alignment: 'right', bold: isStrong };
}
