import { isPlainDate } from '../../shared/domain/unit-identity.ts';
import type { AnnouncedUnit, PurchaseOrderCapture } from '../../shared/schema/purchase-order.ts';
import { type OrderCsvProblem, type OrderCsvRow, readOrderCsvRows } from './order-csv-rows.ts';

const purchaseColumns = ['supplierId', 'number', 'siteId', 'expectedOn', 'sku', 'quantity'] as const;
/** The logistic unit in which a row's units come, their lot and its last good day. */
const announcedColumns = ['sscc', 'lot', 'expiresOn'] as const;
type PurchaseColumn = (typeof purchaseColumns)[number] | (typeof announcedColumns)[number];
type PurchaseCells = Readonly<Record<PurchaseColumn, string>>;

/** Reads a day as YYYY-MM-DD, or undefined. The demo files have a form of their own. */
export type DayReader = (text: string) => string | undefined;

export interface PurchaseCsvResult {
	/** In the order of their first rows. */
	readonly captures: readonly PurchaseOrderCapture[];
	/** The line of each one's first row. */
	readonly firstLines: readonly number[];
	/** In the order of the lines. A purchase order with a bad row is left out as a whole. */
	readonly problems: readonly OrderCsvProblem[];
}

const longest: Readonly<Record<PurchaseColumn, number>> = {
	supplierId: 100,
	number: 100,
	siteId: 100,
	expectedOn: 20,
	sku: 100,
	quantity: 20,
	sscc: 18,
	lot: 20,
	expiresOn: 20,
};
const mostUnits = 100_000;
const mostRows = 500;
const allColumns: readonly PurchaseColumn[] = [...purchaseColumns, ...announcedColumns];
const isOptional = (column: string) => announcedColumns.some((each) => each === column);

/** Whether a file's first line is that of purchase orders. */
export function isPurchaseOrderCsv(file: Uint8Array): boolean {
	return /^\uFEFF?[^\n]*\bsupplierId\b/.test(new TextDecoder().decode(file.subarray(0, 2000)));
}

/**
 * Reads purchase orders from CSV (UTF-8, commas, one row for each line, columns in any order). Rows with an SSCC say what comes in
 * that logistic unit; their units are ordered, too, and a product may stand on several of them.
 */
export function parsePurchaseOrderCsv(
	file: Uint8Array | string,
	readDay: DayReader = (text) => (isPlainDate(text) ? text : undefined),
): PurchaseCsvResult {
	const rows = readOrderCsvRows(file);
	if (!Array.isArray(rows)) return { captures: [], firstLines: [], problems: [rows] };
	const [header, ...body] = rows;
	const names = header?.cells.map((name) => name.trim()) ?? [];
	const headerProblems = header === undefined ? [problem(0, '', 'the file is empty', '')] : checkHeader(header, names);
	if (headerProblems.length > 0) return { captures: [], firstLines: [], problems: headerProblems };
	const problems: OrderCsvProblem[] = [];
	const orders = new Map<string, { readonly line: number; readonly rows: PurchaseCells[]; isBad: boolean }>();
	let unread = false;
	for (const row of body) {
		const shapeFault = row.fault ?? (row.cells.length === names.length ? undefined : columnCountWords(row, names));
		if (shapeFault !== undefined) {
			problems.push(problem(row.line, '', shapeFault, row.text));
			unread = true;
			continue;
		}
		const cells = cellsOf(row, names);
		const key = JSON.stringify([cells.supplierId, cells.number]);
		const order = orders.get(key) ?? { line: row.line, rows: [], isBad: false };
		orders.set(key, order);
		const faults = checkCells(row.line, cells, readDay);
		const isRead = (column: string) => !faults.some((fault) => fault.column === column);
		faults.push(...differences(row.line, order.rows[0], cells).filter(({ column }) => isRead(column)));
		if (cells.sscc === '' && order.rows.some((each) => each.sku === cells.sku && each.sscc === ''))
			faults.push(problem(row.line, 'sku', 'stands twice in this purchase order', cells.sku));
		if (order.rows.length === mostRows)
			faults.push(problem(row.line, '', `the purchase order has more than ${mostRows} rows`, cells.number));
		problems.push(...faults);
		if (faults.length > 0) order.isBad = true;
		if (order.rows.length < mostRows) order.rows.push(cells);
	}
	// Whose row it was can't be told: half a purchase order would take its number.
	if (unread)
		problems.push(problem(0, '', "rows that can't be read may belong to any purchase order: nothing was taken", ''));
	const good = unread ? [] : [...orders.values()].filter(({ isBad }) => !isBad);
	return {
		captures: good.map((order) => captureOf(order.rows, readDay)),
		firstLines: good.map(({ line }) => line),
		problems: problems.sort((a, b) => a.line - b.line),
	};
}

function problem(line: number, column: string, reason: string, value: string): OrderCsvProblem {
	return { line, column, reason, value: value.slice(0, 100) };
}

function checkHeader({ line, fault, text }: OrderCsvRow, names: readonly string[]): OrderCsvProblem[] {
	if (fault !== undefined) return [problem(line, '', fault, text)];
	return [
		...names.flatMap((name, index) => {
			if (!allColumns.some((column) => column === name)) return [problem(line, name, 'is not a known column', name)];
			return names.indexOf(name) < index ? [problem(line, name, 'stands twice in the header', name)] : [];
		}),
		...purchaseColumns
			.filter((column) => !names.includes(column))
			.map((column) => problem(line, column, 'is missing from the header', '')),
	];
}

function columnCountWords({ cells }: OrderCsvRow, names: readonly string[]): string {
	return `has ${cells.length} cells, and the header has ${names.length}`;
}

function cellsOf({ cells }: OrderCsvRow, names: readonly string[]): PurchaseCells {
	return Object.fromEntries(
		allColumns.map((column) => [column, (cells[names.indexOf(column)] ?? '').trim()]),
	) as unknown as PurchaseCells;
}

function checkCells(line: number, cells: PurchaseCells, readDay: DayReader): OrderCsvProblem[] {
	return allColumns.flatMap((column) => {
		const reason = cellFault(column, cells[column], readDay);
		return reason === undefined ? [] : [problem(line, column, reason, cells[column])];
	});
}

function cellFault(column: PurchaseColumn, text: string, readDay: DayReader): string | undefined {
	if (text === '') return isOptional(column) ? undefined : 'is empty';
	if (text.includes('\uFFFD')) return 'has bytes that are not UTF-8';
	if (text.length > longest[column]) return `is longer than ${longest[column]} characters`;
	if (/\p{Cc}/u.test(text)) return 'has a control character';
	if (column === 'expectedOn' || column === 'expiresOn') {
		return readDay(text) === undefined ? 'is not a day of the calendar, for instance 2026-11-22' : undefined;
	}
	if (column === 'sscc') return /^\d{18}$/.test(text) ? undefined : 'is not an SSCC of 18 digits';
	if (column !== 'quantity') return undefined;
	if (!/^-?\d+$/.test(text)) return 'is not a whole number';
	if (Number(text) < 1) return 'is less than 1';
	return Number(text) > mostUnits ? `is more than ${mostUnits}` : undefined;
}

/** What the rows of one purchase order must have in common. */
function differences(line: number, first: PurchaseCells | undefined, cells: PurchaseCells): OrderCsvProblem[] {
	if (first === undefined) return [];
	return (['siteId', 'expectedOn'] as const)
		.filter((column) => first[column] !== cells[column])
		.map((column) =>
			problem(line, column, `differs from the purchase order's first row ("${first[column]}")`, cells[column]),
		);
}

function captureOf(rows: readonly PurchaseCells[], readDay: DayReader): PurchaseOrderCapture {
	const [first] = rows;
	if (first === undefined) throw new Error('A purchase order has a row.');
	const { supplierId, number, siteId } = first;
	const lines = [...Map.groupBy(rows, ({ sku }) => sku)].map(([sku, same]) => ({
		sku,
		quantity: same.reduce((sum, { quantity }) => sum + Number(quantity), 0),
	}));
	const announced = [
		...Map.groupBy(
			rows.filter(({ sscc }) => sscc !== ''),
			({ sscc }) => sscc,
		),
	].map(([sscc, own]): AnnouncedUnit => ({ sscc, lines: own.map((row) => announcedLine(row, readDay)) }));
	const expectedOn = readDay(first.expectedOn) ?? '';
	return { supplierId, number, siteId, expectedOn, lines, ...(announced.length === 0 ? {} : { announced }) };
}

function announcedLine(
	{ sku, quantity, lot, expiresOn }: PurchaseCells,
	readDay: DayReader,
): AnnouncedUnit['lines'][number] {
	const day = expiresOn === '' ? undefined : readDay(expiresOn);
	return {
		sku,
		quantity: Number(quantity),
		...(lot === '' ? {} : { lot }),
		...(day === undefined ? {} : { expiresOn: day }),
	};
}
