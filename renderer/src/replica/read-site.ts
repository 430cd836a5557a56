import type { StoredCheckpoints } from '../../../shared/device/ports.ts';
import {
	type CollectionName,
	collectionNames,
	collections,
	type StreamName,
} from '../../../shared/schema/documents.ts';
import type { GenerationReader } from './generation-reader.ts';
import type { ConfirmedChange } from './live-site.ts';
import type { OwnRows } from './replica-rows.ts';

const heldInMemory: readonly CollectionName[] = ['work', 'orders', 'meta', 'sites'];

/** Pages are stored in milliseconds; one that the power cut through is brought to its end when the device core starts. */
const attempts = 100;
const betweenAttemptsMs = 50;

export interface SiteAsRead {
	readonly documents: readonly ConfirmedChange[];
	readonly checkpoints: StoredCheckpoints;
}

type ReadPart = Pick<GenerationReader, 'ownRows' | 'readAll' | 'readByIds'>;

/**
 * Reads the site's work as one page left it. While a page is being stored some of its documents are here and some are not: half
 * of it would show an operation's effects beside the operation itself. Then it is read again.
 */
export async function readWholeSite(
	reader: ReadPart,
	pause: (milliseconds: number) => Promise<void>,
): Promise<SiteAsRead> {
	for (let attempt = 1; ; attempt += 1) {
		const before = await reader.ownRows();
		const rows = await Promise.all(
			heldInMemory.map(async (collection) =>
				(await reader.readAll(collection)).map(({ document, position }) => ({ collection, document, position })),
			),
		);
		const after = await reader.ownRows();
		const found = rows.flat();
		const isAhead = ({ collection, position }: (typeof found)[number]) =>
			position > (after.checkpoints[collections[collection].stream]?.position ?? 0);
		const isOnePage = isQuiet(before) && isQuiet(after) && isSame(before, after) && !found.some(isAhead);
		if (!isOnePage && attempt < attempts) {
			await pause(betweenAttemptsMs);
			continue;
		}
		if (!isOnePage) console.warn('The replica was read in the middle of a page');
		const documents = found.map(({ collection, document }) => ({ collection, id: document.id, document }));
		return { documents, checkpoints: after.checkpoints };
	}
}

const isQuiet = ({ pages }: OwnRows) => pages.length === 0;
const isSame = (one: OwnRows, other: OwnRows) => JSON.stringify(one) === JSON.stringify(other);

export interface ChangedDocument {
	readonly collection: string;
	readonly id: string;
	readonly deleted: boolean;
}

/**
 * Reads what a page changed; null when a later page has already replaced some of it: that page's own event brings both. Of a
 * document that several pages changed, the last one counts.
 */
export async function readChanges(
	reader: ReadPart,
	changed: readonly ChangedDocument[],
	upTo: number,
): Promise<readonly ConfirmedChange[] | null> {
	const changes: ConfirmedChange[] = [];
	for (const collection of heldInMemory) {
		const wanted = new Map(changed.filter((each) => each.collection === collection).map((each) => [each.id, each]));
		if (wanted.size === 0) continue;
		const stored = new Map(
			(await reader.readByIds(collection, [...wanted.keys()])).map((each) => [each.document.id, each]),
		);
		for (const { id, deleted } of wanted.values()) {
			const row = stored.get(id);
			const isOvertaken = row === undefined ? !deleted : deleted || row.position > upTo;
			if (isOvertaken) return null;
			changes.push({ collection, id, document: row?.document ?? null });
		}
	}
	return changes;
}

export const streamNames: readonly StreamName[] = [...new Set(collectionNames.map((name) => collections[name].stream))];
