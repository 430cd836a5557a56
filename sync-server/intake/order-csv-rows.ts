import { CsvError, parse } from 'csv-parse/sync';

export type OrderCsvProblem = {
	/** Of the file, from 1; the header is line 1. 0 speaks of the file as a whole. */
	readonly line: number;
	/** The column's name, or empty when the whole line is meant. */
	readonly column: string;
	readonly reason: string;
	/** What stood there, cut to 100 characters. */
	readonly value: string;
};

/** A row is readable, or it has a fault and no cells. `text` is the line as it stands, cut to 20,000 characters. */
export type OrderCsvRow = {
	readonly line: number;
	readonly text: string;
	readonly cells: readonly string[];
	readonly fault: string | undefined;
};

const mostFileBytes = 50_000_000;
const mostLineLength = 20_000;

/**
 * Cuts a file into rows, one for each line: a quoted cell must end on its line, so that a quote that is never closed costs one row and
 * not the rest of the file. Empty lines are passed over. Bytes that are not UTF-8 become U+FFFD, which the cell checks report.
 */
export function readOrderCsvRows(file: Uint8Array | string): OrderCsvRow[] | OrderCsvProblem {
	if (file.length > mostFileBytes) {
		return {
			line: 0,
			column: '',
			reason: `the file is larger than ${mostFileBytes} bytes`,
			value: String(file.length),
		};
	}
	const text = typeof file === 'string' ? file.replace(/^\uFEFF/, '') : new TextDecoder().decode(file);
	return text.split('\n').flatMap((ended, index) => {
		const content = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
		return content.trim() === '' ? [] : [readRow(content, index + 1)];
	});
}

function readRow(content: string, line: number): OrderCsvRow {
	const text = content.slice(0, mostLineLength);
	if (content.length > mostLineLength) {
		return { line, text, cells: [], fault: `the line is longer than ${mostLineLength} characters` };
	}
	if (content.includes('\r')) return { line, text, cells: [], fault: 'a carriage return stands inside the line' };
	try {
		return { line, text, cells: parse(content)[0] ?? [], fault: undefined };
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		return { line, text, cells: [], fault: faultWords(error.code) };
	}
}

function faultWords(code: string): string {
	if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and not closed on this line';
	if (code === 'CSV_INVALID_CLOSING_QUOTE')
		return 'text follows a closing quote; a quote inside quotes is written twice';
	return 'a quote stands inside a cell that does not begin with one';
}
