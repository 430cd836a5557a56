import { methods, type OrderCapture } from '../../shared/schema/order.ts';

/** What the rows of one order have in common. */
export const orderColumns = [
	'channel',
	'externalId',
	'placedAt',
	'method',
	'siteId',
	'promisedAt',
	'customerName',
	'customerEmail',
	'customerPhone',
	'addressLine1',
	'town',
	'postalCode',
	'country',
	'currency',
] as const;
export const lineColumns = ['sku', 'quantity', 'unitPriceMinor'] as const;
export type OrderColumn = (typeof orderColumns)[number];
export type OrderCsvColumn = OrderColumn | (typeof lineColumns)[number];

/** Columns that a file may leave out, and cells that may be empty. */
export const optionalColumns: ReadonlySet<string> = new Set<OrderCsvColumn>([
	'placedAt',
	'siteId',
	'promisedAt',
	'customerEmail',
	'customerPhone',
	'unitPriceMinor',
]);

/** Reads a point in time: ISO text with an offset out, or undefined. The demo files have a form of their own. */
export type TimeReader = (text: string) => string | undefined;

const mostUnitsOfOneLine = 10_000;
const mostPriceMinor = 100_000_000;

/** The longest text that the order's schema takes. */
const longest: Readonly<Record<OrderCsvColumn, number>> = {
	channel: 200,
	externalId: 200,
	placedAt: 40,
	method: 20,
	siteId: 100,
	promisedAt: 40,
	customerName: 200,
	customerEmail: 254,
	customerPhone: 40,
	addressLine1: 200,
	town: 200,
	postalCode: 200,
	country: 2,
	currency: 3,
	sku: 100,
	quantity: 20,
	unitPriceMinor: 20,
};

/** Says what is wrong with one cell, or undefined. `text` is trimmed. */
export function cellFault(column: OrderCsvColumn, text: string, readTime: TimeReader): string | undefined {
	if (text === '') return optionalColumns.has(column) ? undefined : 'is empty';
	if (text.includes('\uFFFD')) return 'has bytes that are not UTF-8';
	if (text.length > longest[column]) return `is longer than ${longest[column]} characters`;
	if (/\p{Cc}/u.test(text)) return 'has a control character';
	switch (column) {
		case 'placedAt':
		case 'promisedAt':
			return readTime(text) === undefined
				? 'is not a date and time with its offset, for instance 2026-11-22T14:35:00Z'
				: undefined;
		case 'method':
			return methods.some((method) => method === text) ? undefined : `is not a known method (${methods.join(', ')})`;
		case 'country':
			return /^[A-Z]{2}$/.test(text) ? undefined : 'is not a country code of two capital letters, for instance GB';
		case 'currency':
			return /^[A-Z]{3}$/.test(text) ? undefined : 'is not a currency code of three capital letters, for instance GBP';
		case 'customerEmail':
			return /^[^\s@]+@[^\s@]+$/.test(text) ? undefined : 'is not an e-mail address';
		case 'quantity':
			return wholeNumberFault(text, 1, mostUnitsOfOneLine);
		case 'unitPriceMinor':
			return wholeNumberFault(text, 0, mostPriceMinor);
		default:
			return undefined;
	}
}

function wholeNumberFault(text: string, least: number, most: number): string | undefined {
	if (!/^-?\d+$/.test(text)) return 'is not a whole number';
	if (Number(text) < least) return `is less than ${least}`;
	return Number(text) > most ? `is more than ${most}` : undefined;
}

export const readInstant: TimeReader = (text) => {
	try {
		return Temporal.Instant.from(text).toString();
	} catch {
		return undefined;
	}
};

export type OrderCsvCells = Readonly<Record<OrderCsvColumn, string>>;

/** Puts the rows of one order together; every cell has passed `cellFault`. */
export function orderOf(first: OrderCsvCells, rows: readonly OrderCsvCells[], readTime: TimeReader): OrderCapture {
	const placedAt = readTime(first.placedAt);
	const promisedAt = readTime(first.promisedAt);
	return {
		channel: first.channel,
		externalId: first.externalId,
		...(placedAt === undefined ? {} : { placedAt }),
		method: first.method === 'pickup' ? 'pickup' : 'ship',
		...(first.siteId === '' ? {} : { siteId: first.siteId }),
		...(promisedAt === undefined ? {} : { promisedAt }),
		currency: first.currency,
		customer: {
			name: first.customerName,
			...(first.customerEmail === '' ? {} : { email: first.customerEmail }),
			...(first.customerPhone === '' ? {} : { phone: first.customerPhone }),
		},
		shipTo: { line1: first.addressLine1, town: first.town, postalCode: first.postalCode, country: first.country },
		lines: rows.map((row) => ({
			sku: row.sku,
			quantity: Number(row.quantity),
			...(row.unitPriceMinor === '' ? {} : { unitPriceMinor: Number(row.unitPriceMinor) }),
		})),
	};
}
