import { useEffect, useState, useSyncExternalStore } from 'react';
import { type CatalogFindings, type CatalogSearch, openCatalogSearch } from './catalog-search.ts';
import { onCatalogChange, shownReplica, subscribe } from './shown-replica.ts';

let search: CatalogSearch | null = null;
onCatalogChange(() => {
	search = null;
});

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Products by name, brand or SKU, while somebody types; null as long as too little is typed to look for. */
export function useCatalogSearch(query: string): CatalogFindings | null {
	const wished = query.trim();
	const [findings, setFindings] = useState<(CatalogFindings & { readonly query: string }) | null>(null);
	const generation = useSyncExternalStore(subscribe, () => shownReplica()?.reader?.number ?? null);
	useEffect(() => {
		const reader = shownReplica()?.reader ?? null;
		if (wished.length < 2 || reader === null || reader.number !== generation) {
			setFindings(null);
			return;
		}
		let isWanted = true;
		search ??= openCatalogSearch(reader.readAfter, pause);
		search
			.find(
				wished,
				(found) => setFindings({ ...found, query: wished }),
				() => isWanted,
			)
			.catch((error: unknown) => {
				console.error('The catalog could not be searched', error);
				// The generation may have been closed: the next search opens the one that is shown.
				search = null;
				if (isWanted) setFindings({ found: [], isComplete: true, query: wished });
			});
		return () => {
			isWanted = false;
		};
	}, [wished, generation]);
	// What the last letters found stays until there is more: the list must not blink.
	return wished.length < 2 ? null : findings;
}
