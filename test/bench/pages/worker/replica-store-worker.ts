import { openReplica } from '../../../../renderer/src/replica/replica-store.ts';
import type { StoredPage } from '../../../../shared/device/ports.ts';
import { maxDocumentsPerPage } from '../../../../shared/protocol/messages.ts';
import { benchProduct } from '../../large-site.ts';
import type { StoreResult } from '../answers.ts';

/** The same pages into the real replica, from memory: what the first load costs without central and the network. */
async function store(products: number): Promise<StoreResult> {
	const pages: StoredPage[] = [];
	for (let start = 0; start < products; start += maxDocumentsPerPage) {
		const documents = Array.from({ length: Math.min(maxDocumentsPerPage, products - start) }, (_, index) => {
			const body = benchProduct(start + index);
			return { collection: 'catalog' as const, id: body.id, position: start + index + 1, deleted: false, body };
		});
		const position = start + documents.length;
		const frame = { stream: 'shared' as const, epoch: 'bench', head: products, resync: false, serverTime: '' };
		pages.push({ ...frame, documents, position, laneId: '', ownSeq: 0 });
	}
	const replica = await openReplica('bench');
	const generation = await replica.begin(0);
	const began = performance.now();
	for (const page of pages) await replica.store(generation, page);
	const milliseconds = performance.now() - began;
	// Not complete: the next run drops it.
	await replica.close();
	return { rows: products, milliseconds };
}

self.addEventListener('message', ({ data }: MessageEvent<number>) => {
	void store(data).then((result) => self.postMessage(result));
});
