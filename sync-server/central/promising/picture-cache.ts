import { pictureBytes, type StockPicture } from './stock-picture.ts';

/** An answer that is ready to be sent, until an instant. */
export interface ReadyAnswer {
	readonly body: Buffer;
	readonly validUntilMs: number;
}

interface Entry {
	readonly picture: StockPicture;
	readonly bytes: number;
	ready: ReadyAnswer | null;
	/** Sites that have changed since the picture was read; null for none. */
	stale: Set<string> | null;
	/** Whether it was asked for since it was last looked at for room. */
	isUsed: boolean;
}

export interface PictureSource {
	/** Pictures of those SKUs that there are, at all sites or at some. */
	readonly read: (skus: readonly string[], siteIds?: readonly string[]) => Promise<readonly StockPicture[]>;
	/** A picture after some of its sites were read again. */
	readonly merge: (before: StockPicture, again: StockPicture, siteIds: ReadonlySet<string>) => StockPicture;
}

export interface PictureCache {
	/** The pictures of those SKUs that are in the catalog, by SKU. */
	pictures(skus: readonly string[]): Promise<ReadonlyMap<string, StockPicture>>;
	/** The picture, if it is remembered, and right at these sites. */
	known(sku: string, siteIds: readonly string[]): StockPicture | undefined;
	/** The answer that was kept with the picture, while both are valid. */
	ready(sku: string, nowMs: number): Buffer | undefined;
	/** Keeps an answer with the picture from which it was made, if that is still the remembered one. */
	keep(picture: StockPicture, ready: ReadyAnswer): void;
	/** What is told of by PostgreSQL: the picture of a SKU is another one by now, at one site or anywhere. */
	forget(sku: string, siteId?: string): void;
	/** What answers follow from besides the stock has changed. */
	forgetAnswers(): void;
	forgetAll(): void;
	/** While nobody tells what changes, nothing is remembered. */
	remember(listening: boolean): void;
	readonly size: number;
	readonly bytes: number;
}

/** Read in one statement; more at once would keep the first of them waiting. */
const mostAtOnce = 100;
const mostReadings = 2;
/** Beyond these a whole picture is read as fast. */
const mostStaleSites = 32;

interface Wanted {
	readonly found: Promise<StockPicture | undefined>;
	readonly resolve: (picture: StockPicture | undefined) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * Remembers pictures of the stock until they change; those that were not asked for lately are forgotten first when there are too many bytes (the
 * clock algorithm). Those that are wanted while others are read are read together. A picture that changes while it is being read is answered to who
 * asked before, and not remembered; of one that has changed at a few sites only these are read again.
 */
export function openPictureCache(source: PictureSource, mostBytes: number): PictureCache {
	const entries = new Map<string, Entry>();
	/** Not begun yet: what is told of meanwhile, the reading will see. */
	const waiting = new Map<string, Wanted>();
	const reading = new Map<string, Wanted>();
	let readings = 0;
	let isListening = false;
	let bytes = 0;

	function drop(sku: string, entry: Entry): void {
		bytes -= entry.bytes + (entry.ready?.body.byteLength ?? 0);
		entries.delete(sku);
	}

	function dropReady(entry: Entry): void {
		bytes -= entry.ready?.body.byteLength ?? 0;
		entry.ready = null;
	}

	function makeRoom(): void {
		// Moving an entry to the end whenever it is asked for would cost more than the answer.
		for (const [sku, entry] of entries) {
			if (bytes <= mostBytes) return;
			if (!entry.isUsed) drop(sku, entry);
			else {
				entry.isUsed = false;
				entries.delete(sku);
				entries.set(sku, entry);
			}
		}
	}

	function touched(sku: string): Entry | undefined {
		const entry = entries.get(sku);
		if (entry !== undefined) entry.isUsed = true;
		return entry;
	}

	function want(sku: string): Promise<StockPicture | undefined> {
		const running = waiting.get(sku) ?? reading.get(sku);
		if (running !== undefined) return running.found;
		const { promise, resolve, reject } = Promise.withResolvers<StockPicture | undefined>();
		waiting.set(sku, { found: promise, resolve, reject });
		// What is wanted in the same turn is read together.
		if (waiting.size === 1) queueMicrotask(readWaiting);
		return promise;
	}

	function readWaiting(): void {
		while (readings < mostReadings && waiting.size > 0) {
			const batch = new Map([...waiting].slice(0, mostAtOnce));
			for (const [sku, wanted] of batch) {
				waiting.delete(sku);
				reading.set(sku, wanted);
			}
			readings += 1;
			void readBatch(batch).finally(() => {
				readings -= 1;
				readWaiting();
			});
		}
	}

	async function readBatch(batch: ReadonlyMap<string, Wanted>): Promise<void> {
		const whole: string[] = [];
		const parts = new Map<string, StockPicture>();
		const siteIds = new Set<string>();
		for (const sku of batch.keys()) {
			const entry = entries.get(sku);
			if (entry?.stale) {
				parts.set(sku, entry.picture);
				for (const siteId of entry.stale) siteIds.add(siteId);
			} else whole.push(sku);
		}
		try {
			const [read, again] = await Promise.all([
				whole.length > 0 ? source.read(whole) : [],
				parts.size > 0 ? source.read([...parts.keys()], [...siteIds]) : [],
			]);
			const found = new Map(read.map((picture) => [picture.sku, picture]));
			for (const part of again) {
				const before = parts.get(part.sku);
				if (before) found.set(part.sku, source.merge(before, part, siteIds));
			}
			for (const [sku, wanted] of batch) {
				const picture = found.get(sku);
				// Otherwise it was told of meanwhile, and this may be the state before.
				if (reading.get(sku) === wanted && isListening && picture) store(picture);
				wanted.resolve(picture);
			}
		} catch (error) {
			for (const { reject } of batch.values()) reject(error);
		} finally {
			for (const [sku, wanted] of batch) if (reading.get(sku) === wanted) reading.delete(sku);
		}
	}

	function store(picture: StockPicture): void {
		const { sku } = picture;
		const before = entries.get(sku);
		if (before) drop(sku, before);
		const size = pictureBytes(picture);
		entries.set(sku, { picture, bytes: size, ready: null, stale: null, isUsed: false });
		bytes += size;
		makeRoom();
	}

	function forgetAll(): void {
		reading.clear();
		entries.clear();
		bytes = 0;
	}

	return {
		async pictures(skus) {
			const answer = new Map<string, StockPicture>();
			const missing = new Map<string, Promise<StockPicture | undefined>>();
			for (const sku of new Set(skus)) {
				const entry = touched(sku);
				if (entry && entry.stale === null) answer.set(sku, entry.picture);
				else missing.set(sku, want(sku));
			}
			if (missing.size === 0) return answer;
			const found = await Promise.all(missing.values());
			for (const picture of found) if (picture) answer.set(picture.sku, picture);
			return answer;
		},
		known(sku, siteIds) {
			const entry = touched(sku);
			if (entry === undefined) return undefined;
			const { picture, stale } = entry;
			return stale !== null && siteIds.some((siteId) => stale.has(siteId)) ? undefined : picture;
		},
		ready(sku, nowMs) {
			const ready = touched(sku)?.ready;
			return ready && nowMs < ready.validUntilMs ? ready.body : undefined;
		},
		keep(picture, ready) {
			const entry = entries.get(picture.sku);
			if (entry?.picture !== picture || entry.stale !== null) return;
			bytes += ready.body.byteLength - (entry.ready?.body.byteLength ?? 0);
			entry.ready = ready;
			makeRoom();
		},
		forget(sku, siteId) {
			const isBeingRead = reading.delete(sku);
			const entry = entries.get(sku);
			if (entry === undefined) return;
			if (isBeingRead || siteId === undefined || (entry.stale?.size ?? 0) >= mostStaleSites) return drop(sku, entry);
			dropReady(entry);
			entry.stale ??= new Set();
			entry.stale.add(siteId);
		},
		forgetAnswers() {
			for (const entry of entries.values()) dropReady(entry);
		},
		forgetAll,
		remember(listening) {
			isListening = listening;
			if (!listening) forgetAll();
		},
		get size() {
			return entries.size;
		},
		get bytes() {
			return bytes;
		},
	};
}
