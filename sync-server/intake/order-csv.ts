import type { OrderCapture } from '../../shared/schema/order.ts';
import {
	cellFault,
	lineColumns,
	type OrderCsvCells,
	type OrderCsvColumn,
	optionalColumns,
	orderColumns,
	orderOf,
	readInstant,
	type TimeReader,
} from './order-csv-columns.ts';
import { type OrderCsvProblem, type OrderCsvRow, readOrderCsvRows } from './order-csv-rows.ts';

export type { OrderCsvProblem } from './order-csv-rows.ts';

export type OrderCsvChecks = {
	/** Both are asked once for each row that names one; without them every SKU and site passes. */
	readonly isKnownSku?: (sku: string) => boolean;
	readonly isKnownSite?: (siteId: string) => boolean;
	readonly readTime?: TimeReader;
};

export type OrderCsvResult = {
	/** In the order of their first rows. */
	readonly orders: readonly OrderCapture[];
	/** The line of each order's first row. */
	readonly firstLines: readonly number[];
	/** In the order of the lines. Every order that is left out has at least one. */
	readonly problems: readonly OrderCsvProblem[];
};

const allColumns: readonly OrderCsvColumn[] = [...orderColumns, ...lineColumns];
const mostLinesOfAnOrder = 200;
/** Beyond this the file is something else, and guessing whose rows they are would only take time. */
const mostBrokenRows = 200;
/** A row that lost one cell still shares nearly all its order's cells; two customers' orders share about half. */
const likelyTheSameOrder = 0.7;

type Draft = {
	readonly first: OrderCsvCells;
	readonly firstLine: number;
	readonly rows: OrderCsvCells[];
	rejected: boolean;
};

/**
 * Reads orders from CSV (UTF-8, commas, RFC 4180 quoting within one line, one row for each order line; LF or CRLF; columns in any order).
 * An order with a bad row is left out as a whole, because once half of it is captured its channel's id is taken and the
 * corrected file could not bring the rest. That holds for a row whose own order can't be read from it, too: the
 * order that it most resembles is left out.
 */
export function parseOrderCsv(file: Uint8Array | string, checks: OrderCsvChecks = {}): OrderCsvResult {
	const rows = readOrderCsvRows(file);
	if (!Array.isArray(rows)) return { orders: [], firstLines: [], problems: [rows] };
	const [header, ...body] = rows;
	if (!header) return { orders: [], firstLines: [], problems: [problem(0, '', 'the file is empty', '')] };
	const headerProblems = checkHeader(header);
	if (headerProblems.length > 0) return { orders: [], firstLines: [], problems: headerProblems };
	return gatherOrders(
		body,
		header.cells.map((name) => name.trim()),
		checks,
	);
}

function problem(line: number, column: string, reason: string, value: string): OrderCsvProblem {
	return { line, column, reason, value: value.slice(0, 100) };
}

function checkHeader(header: OrderCsvRow): OrderCsvProblem[] {
	if (header.fault !== undefined) return [problem(header.line, '', header.fault, header.text)];
	const names = header.cells.map((name) => name.trim());
	const [onlyName = ''] = names;
	if (names.length === 1 && onlyName.includes(';')) {
		return [problem(header.line, '', 'cells are separated by semicolons; save the file with commas', onlyName)];
	}
	return [
		...names.flatMap((name, index) => {
			if (!allColumns.some((column) => column === name))
				return [problem(header.line, name, 'is not a known column', name)];
			return names.indexOf(name) < index ? [problem(header.line, name, 'stands twice in the header', name)] : [];
		}),
		...allColumns
			.filter((column) => !names.includes(column) && !optionalColumns.has(column))
			.map((column) => problem(header.line, column, 'is missing from the header', '')),
	];
}

function gatherOrders(body: readonly OrderCsvRow[], names: readonly string[], checks: OrderCsvChecks): OrderCsvResult {
	const problems: OrderCsvProblem[] = [];
	const drafts = new Map<string, Draft>();
	const brokenRows: OrderCsvRow[] = [];
	for (const row of body) {
		const shapeFault = row.fault ?? columnCountFault(row, names);
		if (shapeFault !== undefined) {
			problems.push(problem(row.line, '', shapeFault, row.text));
			brokenRows.push(row);
			continue;
		}
		const cells = cellsOf(row, names);
		const rowProblems = checkCells(row.line, cells, checks);
		problems.push(...rowProblems);
		if (rowProblems.some(({ column }) => column === 'channel' || column === 'externalId')) {
			brokenRows.push(row);
			continue;
		}
		const key = JSON.stringify([cells.channel, cells.externalId]);
		const draft = drafts.get(key) ?? { first: cells, firstLine: row.line, rows: [], rejected: false };
		drafts.set(key, draft);
		const conflicts = conflictsWith(draft, row.line, cells);
		problems.push(...conflicts);
		if (draft.rows.length === mostLinesOfAnOrder) {
			problems.push(problem(row.line, '', `the order has more than ${mostLinesOfAnOrder} lines`, cells.externalId));
			draft.rejected = true;
		} else draft.rows.push(cells);
		if (rowProblems.length > 0 || conflicts.length > 0) draft.rejected = true;
	}
	if (brokenRows.length > mostBrokenRows) {
		const reason = `more than ${mostBrokenRows} rows can't be read, so that nothing of this file was taken`;
		return { orders: [], firstLines: [], problems: [problem(0, '', reason, String(brokenRows.length)), ...problems] };
	}
	const traces = brokenRows.length === 0 ? [] : [...drafts.values()].map(traceOf);
	for (const row of [...brokenRows, ...rejoined(brokenRows)]) {
		for (const draft of draftsLike(row, traces)) {
			if (draft.rejected) continue;
			draft.rejected = true;
			const reason = `the order is left out, because line ${row.line} can't be read and seems to belong to it`;
			problems.push(problem(draft.firstLine, 'externalId', reason, draft.first.externalId));
		}
	}
	const kept = [...drafts.values()].filter((draft) => !draft.rejected);
	return {
		orders: kept.map((draft) => orderOf(draft.first, draft.rows, checks.readTime ?? readInstant)),
		firstLines: kept.map((draft) => draft.firstLine),
		problems: problems.sort((a, b) => a.line - b.line),
	};
}

function columnCountFault(row: OrderCsvRow, names: readonly string[]): string | undefined {
	return row.cells.length === names.length
		? undefined
		: `the row has ${row.cells.length} cells, and the header has ${names.length}`;
}

/** The cells by column; a column that the file leaves out reads as empty. */
function cellsOf(row: OrderCsvRow, names: readonly string[]): OrderCsvCells {
	const cellOf = (column: OrderCsvColumn) => [column, (row.cells[names.indexOf(column)] ?? '').trim()] as const;
	return Object.fromEntries(allColumns.map(cellOf)) as OrderCsvCells;
}

function checkCells(line: number, cells: OrderCsvCells, checks: OrderCsvChecks): OrderCsvProblem[] {
	const readTime = checks.readTime ?? readInstant;
	return allColumns.flatMap((column) => {
		const text = cells[column];
		const fault = cellFault(column, text, readTime) ?? unknownFault(column, cells, checks);
		return fault === undefined ? [] : [problem(line, column, fault, text)];
	});
}

function unknownFault(column: OrderCsvColumn, cells: OrderCsvCells, checks: OrderCsvChecks): string | undefined {
	if (column === 'sku') return checks.isKnownSku?.(cells.sku) === false ? 'is not in the catalog' : undefined;
	if (column !== 'siteId' || cells.siteId === '') return undefined;
	if (cells.method === 'ship') return 'names a site, but only a pickup order has one';
	return checks.isKnownSite?.(cells.siteId) === false ? 'is not a known site' : undefined;
}

function conflictsWith(draft: Draft, line: number, cells: OrderCsvCells): OrderCsvProblem[] {
	return orderColumns
		.filter((column) => cells[column] !== draft.first[column])
		.map((column) => {
			const reason = `differs from line ${draft.firstLine} of the same order, where it is "${draft.first[column].slice(0, 60)}"`;
			return problem(line, column, reason, cells[column]);
		});
}

/** A line break inside a cell makes several broken rows out of one: each pair of neighbors and each longer run, put together again. */
function rejoined(rows: readonly OrderCsvRow[]): OrderCsvRow[] {
	const together = (parts: readonly OrderCsvRow[]) =>
		parts.slice(0, 1).map((first) => ({ ...first, text: parts.map(({ text }) => text).join() }));
	const joined: OrderCsvRow[] = [];
	let run: OrderCsvRow[] = [];
	for (const row of rows) {
		const before = run.at(-1);
		if (before?.line === row.line - 1) {
			joined.push(...together([before, row]));
			run.push(row);
		} else {
			if (run.length > 2) joined.push(...together(run));
			run = [row];
		}
	}
	return run.length > 2 ? [...joined, ...together(run)] : joined;
}

/** How the filled cells of an order look between the commas of a line: as they are, or quoted. */
type Trace = { readonly draft: Draft; readonly cells: readonly (readonly [plain: string, quoted: string])[] };

function traceOf(draft: Draft): Trace {
	const filled = orderColumns.map((column) => withoutPadding(draft.first[column])).filter((value) => value !== '');
	return { draft, cells: filled.map((value) => [`,${value},`, `,"${value.replaceAll('"', '""')}",`]) };
}

function withoutPadding(text: string): string {
	return text.trim().replaceAll(/ *, */g, ',');
}

/**
 * The orders that a broken row most resembles: those of whose cells it has the largest share, wherever they stand, because a stray comma
 * or quote shifts what comes after it. Empty when it resembles none.
 */
function draftsLike(row: OrderCsvRow, traces: readonly Trace[]): Draft[] {
	const text = `,${withoutPadding(row.text)},`;
	let best: Draft[] = [];
	let bestShare = likelyTheSameOrder;
	for (const { draft, cells } of traces) {
		const found = cells.filter(([plain, quoted]) => text.includes(plain) || text.includes(quoted));
		const share = found.length / cells.length;
		if (share > bestShare) [best, bestShare] = [[draft], share];
		else if (share === bestShare) best.push(draft);
	}
	return best;
}
