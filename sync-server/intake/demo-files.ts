import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Associate } from '../../shared/schema/associate.ts';
import { Count, Id, ShortText } from '../../shared/schema/field.ts';
import { Product } from '../../shared/schema/product.ts';
import { Site } from '../../shared/schema/site.ts';

/** Where the demo data is; LICENSES.md there says what is real and what is invented. */
export const demoFolder = join(import.meta.dirname, 'demo');

const OpeningStock = Type.Object({ siteId: Id, sku: Id, bin: ShortText, quantity: Count });
/** Units of a product that a site has in one bin before the first order. */
export type OpeningStock = Readonly<Static<typeof OpeningStock>>;

/** A person of the demo, with the public PIN. */
const DemoAssociate = Type.Interface([Associate], { pin: Type.String({ pattern: '^\\d{4}$' }) });
export type DemoAssociate = Associate & { readonly pin: string };

const EnrollmentCode = Type.Object({ code: ShortText, siteId: Id });
/** What a new device of the demo is enrolled with, for instance LEEDS-1. */
export type EnrollmentCode = Readonly<Static<typeof EnrollmentCode>>;

const DemoOutcode = Type.Object({ outcode: ShortText, town: ShortText, lat: Type.Number(), lon: Type.Number() });
/** The center of an outward code of Great Britain, in WGS84 degrees. */
export type DemoOutcode = Readonly<Static<typeof DemoOutcode>>;

export type DemoPeople = {
	readonly associates: readonly DemoAssociate[];
	readonly enrollmentCodes: readonly EnrollmentCode[];
};

/** GS1 keeps it for examples: no company's boxes have it. */
const examplePrefix = '9501101';

export function readDemoSites(folder = demoFolder): Site[] {
	const { sites } = readJson(folder, 'sites.json', Type.Object({ about: Type.String(), sites: Type.Array(Site) }));
	return sites.map((site) => (site.kind === 'supplier' ? site : { ...site, gs1CompanyPrefix: examplePrefix }));
}

export function readDemoPeople(folder = demoFolder): DemoPeople {
	const shape = Type.Object({
		about: Type.String(),
		associates: Type.Array(DemoAssociate),
		enrollmentCodes: Type.Array(EnrollmentCode),
	});
	return readJson(folder, 'associates.json', shape);
}

export function readDemoProducts(folder = demoFolder): Product[] {
	return readTable(folder, 'products.csv.gz', Product, (row) => ({
		id: row.sku,
		kind: 'product',
		gtin: row.gtin,
		otherGtins: [],
		name: row.name,
		brand: row.brand,
		department: row.department,
		price: { minor: wholeNumber(row.priceMinor), currency: row.currency },
		weightGrams: wholeNumber(row.weightGrams),
		tracking: row.tracking,
	}));
}

export function readDemoStock(folder = demoFolder): OpeningStock[] {
	return readTable(folder, 'stock.csv.gz', OpeningStock, (row) => ({ ...row, quantity: wholeNumber(row.quantity) }));
}

export function readDemoOutcodes(folder = demoFolder): DemoOutcode[] {
	return readTable(folder, 'outcodes.csv.gz', DemoOutcode, (row) => ({
		...row,
		lat: Number(row.lat || Number.NaN),
		lon: Number(row.lon || Number.NaN),
	}));
}

type TableRow = Readonly<Record<string, string>>;

/** NaN for anything else, which no schema takes. */
function wholeNumber(text: string | undefined): number {
	return text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function readJson<T extends TSchema>(folder: string, name: string, schema: T): Static<T> {
	return checked(schema, JSON.parse(readFileSync(join(folder, name), 'utf8')), name);
}

function readTable<T extends TSchema>(
	folder: string,
	name: string,
	schema: T,
	shape: (row: TableRow) => unknown,
): Static<T>[] {
	const rows = parse<TableRow>(gunzipSync(readFileSync(join(folder, name))), { columns: true });
	return rows.map((row, index) => checked(schema, shape(row), `${name}, line ${index + 2}`));
}

function checked<T extends TSchema>(schema: T, value: unknown, where: string): Static<T> {
	if (Value.Check(schema, value)) return value;
	const [first] = Value.Errors(schema, value);
	throw new Error(`${where}: ${first?.instancePath ?? ''} ${first?.message ?? 'does not fit'}`);
}
