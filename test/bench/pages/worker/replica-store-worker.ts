import { openReplica } from '../../../../renderer/src/replica/replica-store.ts';
import { type FeedPage, maxDocumentsPerPage } from '../../../../shared/protocol/messages.ts';
import { benchProduct } from '../../large-site.ts';
import type { StoreResult } from '../answers.ts';

/** The same pages into the real replica, from memory: what the first load costs without central and the network. */
async function store(products: number): Promise<StoreResult> {
	const pages: FeedPage[] = [];
	for (let start = 0; start < products; start += maxDocumentsPerPage) {
		const documents = Array.from({ length: Math.min(maxDocumentsPerPage, products - start) }, (_, index) => {
			const body = benchProduct(start + index);
			return { collection: 'catalog' as const, id: body.id, position: start + index + 1, deleted: false, body };
		});
		const position = start + documents.length;
		const frame = { stream: 'shared' as const, epoch: 'bench', head: products, resync: false, serverTime: '' };
		pages.push({ ...frame, documents, position });
	}
	const replica = await openReplica('bench');
	const began = performance.now();
	for (const page of pages) await replica.store(page);
	const milliseconds = performance.now() - began;
	await replica.clear('shared');
	await replica.close();
	return { rows: products, milliseconds };
}

self.addEventListener('message', ({ data }: MessageEvent<number>) => {
	void store(data).then((result) => self.postMessage(result));
});
