import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

export type Row = Readonly<Record<string, string>>;

export type Sources = {
	readonly shops: readonly Row[];
	readonly outcodes: readonly Row[];
	readonly retailItems: readonly Row[];
	readonly gtinProducts: readonly Row[];
	readonly saleLines: readonly Row[];
};

/** Reads the public data sets from a folder; LICENSES.md beside the demo data names each of them. */
export function readSources(folder: string): Sources {
	return {
		shops: readRows(join(folder, 'stores/uk-stores.csv')),
		outcodes: readRows(join(folder, 'postcodes/uk-outcodes.csv')),
		retailItems: readRows(join(folder, 'catalogue/online-retail-items.csv')),
		gtinProducts: readRows(join(folder, 'catalogue/gtin-products.csv.gz')),
		saleLines: readRows(join(folder, 'orders/online-retail.csv.gz')),
	};
}

function readRows(path: string): Row[] {
	const bytes = readFileSync(path);
	return parse<Row>(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true, bom: true });
}

/** The cell of a column that the source is known to have. */
export function cell(row: Row, column: string): string {
	const value = row[column];
	if (value === undefined) throw new Error(`The source has no column ${column}`);
	return value;
}
