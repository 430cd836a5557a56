import { Dexie } from 'dexie';
import { maxDocumentsPerPage } from '../../../../shared/protocol/messages.ts';
import { benchProduct } from '../../large-site.ts';
import type { StoreResult } from '../answers.ts';

/** The same products in the same pages, from memory, into a table with the same key and the same index, and nothing else. */
async function write(products: number): Promise<StoreResult> {
	const rows = Array.from({ length: products }, (_, index) => benchProduct(index));
	await Dexie.delete('bare');
	const database = new Dexie('bare');
	database.version(1).stores({ catalog: 'id, gtin' });
	await database.open();
	const began = performance.now();
	for (let start = 0; start < rows.length; start += maxDocumentsPerPage) {
		await database.table('catalog').bulkPut(rows.slice(start, start + maxDocumentsPerPage));
	}
	const milliseconds = performance.now() - began;
	const count = await database.table('catalog').count();
	database.close();
	await Dexie.delete('bare');
	return { rows: count, milliseconds };
}

self.addEventListener('message', ({ data }: MessageEvent<number>) => {
	void write(data).then((result) => self.postMessage(result));
});
