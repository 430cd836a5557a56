import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { cell, type Row, readSources } from './sources.ts';

/**
 * Makes the order history for the bench of selling rights: the products of a real shop that were ordered most often, one row for each order line
 * of at most a dozen, by day and hour.
 */
const target = join(import.meta.dirname, '../../test/fixtures/order-history/order-history.csv.gz');
const productCount = 80;
const mostUnits = 12;

const [folder] = process.argv.slice(2);
if (!folder) {
	console.error('Usage: node build/demo-data/order-history.ts <folder with the sources>');
	process.exit(1);
}
const isSale = (row: Row) => {
	const quantity = Number(cell(row, 'Quantity'));
	return (
		cell(row, 'Country') === 'United Kingdom' &&
		quantity >= 1 &&
		quantity <= mostUnits &&
		/^\d/.test(cell(row, 'StockCode'))
	);
};
const sales = readSources(folder).saleLines.filter(isSale);
const bySku = Map.groupBy(sales, (row) => cell(row, 'StockCode'));
const chosen = [...bySku.entries()]
	.sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
	.slice(0, productCount)
	.map(([sku]) => sku);
const first = Temporal.PlainDate.from('2010-12-01');
const lines = sales
	.filter((row) => chosen.includes(cell(row, 'StockCode')))
	.map((row) => {
		const at = Temporal.PlainDateTime.from(cell(row, 'InvoiceDate'));
		const day = first.until(at.toPlainDate()).days;
		return { day, hour: at.hour, product: chosen.indexOf(cell(row, 'StockCode')), quantity: cell(row, 'Quantity') };
	})
	.sort((a, b) => a.day - b.day || a.hour - b.hour || a.product - b.product);
const text = ['day,hour,product,quantity', ...lines.map((line) => Object.values(line).join(','))].join('\n');
writeFileSync(target, gzipSync(`${text}\n`, { level: 9 }));
console.log(`${lines.length} lines of ${chosen.length} products`);
