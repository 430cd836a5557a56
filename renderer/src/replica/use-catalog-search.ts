import { useEffect, useState, useSyncExternalStore } from 'react';
import type { CatalogFindings } from './catalog-search.ts';
import { onCatalogChange, shownReplica, subscribe } from './shown-replica.ts';
import type { SearchReply, SearchRequest } from './worker/search-messages.ts';

let worker: Worker | null = null;
let lastId = 0;
let state = 0;
const waiting = new Map<number, (reply: SearchReply) => void>();

onCatalogChange(() => {
	state += 1;
});

/** A worker goes through the catalog: 100,000 products would hold up the keys of whoever types. */
function theWorker(): Worker {
	if (worker !== null) return worker;
	worker = new Worker(new URL('./worker/catalog-search-worker.ts', import.meta.url), { type: 'module' });
	worker.addEventListener('message', ({ data }: MessageEvent<SearchReply>) => waiting.get(data.id)?.(data));
	worker.addEventListener('error', ({ message }) => {
		worker = null;
		for (const [id, tell] of [...waiting]) tell({ kind: 'failed', id, error: message });
	});
	return worker;
}

function search(request: Omit<SearchRequest, 'id' | 'state'>, tell: (findings: CatalogFindings) => void): () => void {
	lastId += 1;
	const id = lastId;
	waiting.set(id, (reply) => {
		if (reply.kind === 'found') return tell(reply.findings);
		console.error('The catalog could not be searched', reply.error);
		tell({ found: [], isComplete: true });
	});
	theWorker().postMessage({ ...request, id, state } satisfies SearchRequest);
	return () => waiting.delete(id);
}

/** Products by name, brand or SKU, while somebody types; null as long as too little is typed to look for. */
export function useCatalogSearch(query: string): CatalogFindings | null {
	const wished = query.trim();
	const [findings, setFindings] = useState<CatalogFindings | null>(null);
	const generation = useSyncExternalStore(subscribe, () => shownReplica()?.reader?.number ?? null);
	useEffect(() => {
		const siteId = shownReplica()?.siteId;
		if (wished.length < 2 || generation === null || siteId === undefined) {
			setFindings(null);
			return;
		}
		return search({ siteId, generation, query: wished }, setFindings);
	}, [wished, generation]);
	// What the last letters found stays until there is more: the list must not blink.
	return wished.length < 2 ? null : findings;
}
