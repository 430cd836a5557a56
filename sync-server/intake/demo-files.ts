import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Associate } from '../../shared/schema/associate.ts';
import { Bin, Count, Id, LotCode, Quantity, SerialNumber, ShortText } from '../../shared/schema/field.ts';
import { Product } from '../../shared/schema/product.ts';
import type { PurchaseOrderCapture } from '../../shared/schema/purchase-order.ts';
import { Site } from '../../shared/schema/site.ts';
import { parsePurchaseOrderCsv } from './purchase-order-csv.ts';

/** Where the demo data is; LICENSES.md there says what is real and what is invented. */
export const demoFolder = join(import.meta.dirname, 'demo');

const OpeningStock = Type.Object({ siteId: Id, sku: Id, bin: ShortText, quantity: Count });
/** Units of a product that a site has in one bin before the first order. */
export type OpeningStock = Readonly<Static<typeof OpeningStock>>;

const KnownUnits = Type.Object({
	siteId: Id,
	sku: Id,
	quantity: Quantity,
	bin: Type.Optional(Bin),
	lot: Type.Optional(LotCode),
	expiresInDays: Type.Optional(Type.Integer({ minimum: -1000, maximum: 10_000 })),
	serials: Type.Optional(Type.Array(SerialNumber, { minItems: 1 })),
});
/** Units of the opening stock that lie in another bin, are of a lot or have serial numbers; expiry in days from the demo day. */
export type KnownUnits = Readonly<Static<typeof KnownUnits>>;

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

export function readDemoKnownUnits(folder = demoFolder): KnownUnits[] {
	return readTable(folder, 'known-units.csv.gz', KnownUnits, (row) => ({
		siteId: row.siteId,
		sku: row.sku,
		quantity: wholeNumber(row.quantity),
		...(row.bin ? { bin: row.bin } : {}),
		...(row.lot ? { lot: row.lot } : {}),
		...(row.expiresInDays ? { expiresInDays: Number(row.expiresInDays) } : {}),
		...(row.serials ? { serials: row.serials.split(' ') } : {}),
	}));
}

/** The demo's purchase orders, laid around `day`; in the form of `npm run intake`, with days such as -1 and +2. */
export function readDemoPurchaseOrders(day: Temporal.PlainDate, folder = demoFolder): readonly PurchaseOrderCapture[] {
	const bytes = gunzipSync(readFileSync(join(folder, 'purchase-orders.csv.gz')));
	const { captures, problems } = parsePurchaseOrderCsv(bytes, (text) =>
		/^[+-]\d{1,4}$/.test(text) ? day.add({ days: Number(text) }).toString() : undefined,
	);
	const [first] = problems;
	if (first) throw new Error(`purchase-orders.csv.gz, line ${first.line}: ${first.column} ${first.reason}`);
	return captures;
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
