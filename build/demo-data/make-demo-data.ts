import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeAssociates, makeEnrollmentCodes } from './associates.ts';
import { demandReport } from './demand-report.ts';
import { makeOrders } from './orders.ts';
import { makeOutcodes, outcodeDraw } from './outcodes.ts';
import { makeProducts } from './products.ts';
import { makePurchaseOrders } from './purchase-orders.ts';
import { makeSites } from './sites.ts';
import { readSources } from './sources.ts';
import { makeStock } from './stock.ts';
import { makeSuppliers } from './suppliers.ts';
import { knownUnits, trackSome } from './tracked-stock.ts';

const target = join(import.meta.dirname, '../../sync-server/intake/demo');
const orderCount = 4000;
const reachKilometers = 40;

const [folder] = process.argv.slice(2);
if (!folder) {
	console.error('Usage: node build/demo-data/make-demo-data.ts <folder with the sources>');
	process.exit(1);
}
const sources = readSources(folder);
const sites = makeSites(sources.shops, sources.outcodes);
const suppliers = makeSuppliers();
const products = trackSome(makeProducts(sources.gtinProducts, sources.retailItems));
const outcodes = makeOutcodes(sources.outcodes);
const drawOutcode = outcodeDraw(outcodes, sources.shops, sites, reachKilometers);
const orders = makeOrders(sources.saleLines, products, sites, drawOutcode, orderCount);
const stock = makeStock(sites, products, orders);

mkdirSync(target, { recursive: true });
const about = 'Demo data; LICENSES.md says what is real, what is invented, and under which licences';
writeJson('sites.json', { about, sites: [...sites, ...suppliers] });
writeJson('associates.json', { about, associates: makeAssociates(sites), enrollmentCodes: makeEnrollmentCodes(sites) });
writeTable(
	'products.csv.gz',
	['sku', 'gtin', 'name', 'brand', 'department', 'priceMinor', 'currency', 'weightGrams', 'tracking'],
	products.map((product) => [
		product.id,
		product.gtin,
		product.name,
		product.brand,
		product.department,
		product.price.minor,
		product.price.currency,
		product.weightGrams,
		product.tracking,
	]),
);
writeTable(
	'stock.csv.gz',
	['siteId', 'sku', 'bin', 'quantity'],
	stock.map((row) => [row.siteId, row.sku, row.bin, row.quantity]),
);
const warehouses = new Set(sites.flatMap(({ id, kind }) => (kind === 'warehouse' ? [id] : [])));
writeTable(
	'known-units.csv.gz',
	['siteId', 'sku', 'quantity', 'bin', 'lot', 'expiresInDays', 'serials'],
	knownUnits(stock, products, (siteId) => warehouses.has(siteId)).map((row) => [
		row.siteId,
		row.sku,
		row.quantity,
		row.bin,
		row.lot,
		row.expiresInDays ?? '',
		row.serials.join(' '),
	]),
);
const purchaseRows = makePurchaseOrders(sites, suppliers, products, stock);
writeTable(
	'purchase-orders.csv.gz',
	['supplierId', 'number', 'siteId', 'expectedOn', 'sku', 'quantity', 'sscc', 'lot', 'expiresOn'],
	purchaseRows.map((row) => Object.values(row)),
);
writeTable(
	'outcodes.csv.gz',
	['outcode', 'town', 'lat', 'lon'],
	outcodes.map((row) => [row.outcode, row.town, row.lat, row.lon]),
);
writeTable(
	'orders.csv.gz',
	[
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
		'sku',
		'quantity',
		'unitPriceMinor',
		'currency',
	],
	orders.flatMap((order) =>
		order.lines.map((line) => [
			order.channel,
			order.externalId,
			order.placedAt,
			order.method,
			order.method === 'pickup' ? order.nearestSite.id : '',
			order.promisedAt,
			order.customer.name,
			order.customer.email,
			order.customer.phone,
			order.line1,
			order.place.town,
			order.place.outcode,
			'GB',
			line.sku,
			line.quantity,
			line.unitPriceMinor ?? '',
			'GBP',
		]),
	),
);
console.log(demandReport(sites, products, orders, stock));

function writeJson(name: string, content: unknown): void {
	writeFileSync(join(target, name), `${JSON.stringify(content, undefined, '\t')}\n`);
}

/** Comma-separated with a header line, quoted as RFC 4180 says, compressed; the same input gives the same bytes. */
function writeTable(name: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
	const quoted = (value: string | number) =>
		/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
	const text = `${[columns, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
	const bytes = gzipSync(text, { level: 9 });
	writeFileSync(join(target, name), bytes);
	console.log(`${name}: ${rows.length} rows, ${bytes.length} bytes`);
}
