import { type CatalogSearch, openCatalogSearch } from '../catalog-search.ts';
import { type GenerationTables, listReplicas, openAsItIs } from '../replica-database.ts';
import { readAfter } from '../replica-rows.ts';
import type { SearchReply, SearchRequest } from './search-messages.ts';

type Source = Pick<SearchRequest, 'siteId' | 'generation' | 'state'>;
interface Opened extends Source {
	readonly tables: Promise<GenerationTables>;
	readonly search: CatalogSearch;
}

let opened: Opened | null = null;
let latest = 0;

const isOf = (one: Source, other: Source) =>
	one.siteId === other.siteId && one.generation === other.generation && one.state === other.state;
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const reply = (message: SearchReply) => postMessage(message);

async function openTables({ siteId, generation }: Source): Promise<GenerationTables> {
	const { generations } = await listReplicas(siteId);
	const name = generations.find(({ number }) => number === generation);
	if (name === undefined) throw new Error(`There is no generation ${generation} of ${siteId}`);
	return openAsItIs(name);
}

function close(): void {
	opened?.tables.then((tables) => tables.close()).catch(() => undefined);
	opened = null;
}

function searchOf(source: Source): CatalogSearch {
	if (opened !== null && isOf(opened, source)) return opened.search;
	close();
	const { siteId, generation, state } = source;
	const tables = openTables(source);
	const search = openCatalogSearch(async (after, limit) => readAfter(await tables, 'catalog', after, limit), pause);
	opened = { siteId, generation, state, tables, search };
	return search;
}

addEventListener('message', ({ data }: MessageEvent<SearchRequest>) => {
	const { id, query } = data;
	latest = id;
	searchOf(data)
		.find(
			query,
			(findings) => reply({ kind: 'found', id, findings }),
			() => latest === id,
		)
		.catch((error: unknown) => {
			close();
			reply({ kind: 'failed', id, error: String(error) });
		});
});
