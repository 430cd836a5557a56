import type { StockPicture } from './stock-picture.ts';

/** An answer that is ready to be sent, until an instant. */
export interface ReadyAnswer {
	readonly body: Buffer;
	readonly validUntilMs: number;
}

interface Entry {
	readonly picture: StockPicture;
	readonly bytes: number;
	ready: ReadyAnswer | null;
}

export interface PictureCache {
	/** The pictures of those SKUs that are in the catalog, by SKU. */
	pictures(skus: readonly string[]): Promise<ReadonlyMap<string, StockPicture>>;
	/** The picture, if it is remembered. */
	known(sku: string): StockPicture | undefined;
	/** The answer that was kept with the picture, while both are valid. */
	ready(sku: string, nowMs: number): Buffer | undefined;
	/** Keeps an answer with the picture from which it was made, if that is still the remembered one. */
	keep(picture: StockPicture, ready: ReadyAnswer): void;
	/** What is told of by PostgreSQL: the picture of a SKU is another one by now. */
	forget(sku: string): void;
	forgetAll(): void;
	/** While nobody tells what changes, nothing is remembered. */
	remember(listening: boolean): void;
	readonly size: number;
	readonly bytes: number;
}

/** Of each object, besides its texts. */
const overhead = 300;

/**
 * Remembers pictures of the stock until they change; those that were not asked for longest are forgotten first when there are too many
 * bytes. A picture that changes while it is being read is answered to who asked before, and not remembered.
 */
export function openPictureCache(
	read: (skus: readonly string[]) => Promise<readonly StockPicture[]>,
	mostBytes: number,
): PictureCache {
	const entries = new Map<string, Entry>();
	const reading = new Map<string, Promise<ReadonlyMap<string, StockPicture>>>();
	let isListening = false;
	let bytes = 0;

	function drop(sku: string, entry: Entry): void {
		bytes -= entry.bytes + (entry.ready?.body.byteLength ?? 0);
		entries.delete(sku);
	}

	function makeRoom(): void {
		for (const [sku, entry] of entries) {
			if (bytes <= mostBytes) return;
			drop(sku, entry);
		}
	}

	function touched(sku: string): Entry | undefined {
		const entry = entries.get(sku);
		if (entry === undefined) return undefined;
		entries.delete(sku);
		entries.set(sku, entry);
		return entry;
	}

	async function readNow(skus: readonly string[]): Promise<ReadonlyMap<string, StockPicture>> {
		const found = read(skus).then((rows) => new Map(rows.map((row) => [row.sku, row])));
		for (const sku of skus) reading.set(sku, found);
		try {
			const pictures = await found;
			for (const [sku, picture] of pictures) {
				// Otherwise it was told of meanwhile, and this may be the state before.
				if (isListening && reading.get(sku) === found) store(picture);
			}
			return pictures;
		} finally {
			for (const sku of skus) if (reading.get(sku) === found) reading.delete(sku);
		}
	}

	function store(picture: StockPicture): void {
		const { sku, product, positions, claims, supply } = picture;
		const texts = [product, positions, claims, supply];
		const size = overhead + texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
		const before = entries.get(sku);
		if (before) drop(sku, before);
		entries.set(sku, { picture, bytes: size, ready: null });
		bytes += size;
		makeRoom();
	}

	return {
		async pictures(skus) {
			const answer = new Map<string, StockPicture>();
			const missing: string[] = [];
			const waiting = new Map<Promise<ReadonlyMap<string, StockPicture>>, string[]>();
			for (const sku of new Set(skus)) {
				const entry = touched(sku);
				const running = reading.get(sku);
				if (entry) answer.set(sku, entry.picture);
				else if (running) waiting.set(running, [...(waiting.get(running) ?? []), sku]);
				else missing.push(sku);
			}
			if (missing.length > 0) waiting.set(readNow(missing), missing);
			for (const [found, wanted] of waiting) {
				const pictures = await found;
				for (const sku of wanted) {
					const picture = pictures.get(sku);
					if (picture) answer.set(sku, picture);
				}
			}
			return answer;
		},
		known: (sku) => touched(sku)?.picture,
		ready(sku, nowMs) {
			const ready = touched(sku)?.ready;
			return ready && nowMs < ready.validUntilMs ? ready.body : undefined;
		},
		keep(picture, ready) {
			const entry = entries.get(picture.sku);
			if (entry?.picture !== picture) return;
			bytes += ready.body.byteLength - (entry.ready?.body.byteLength ?? 0);
			entry.ready = ready;
			makeRoom();
		},
		forget(sku) {
			reading.delete(sku);
			const entry = entries.get(sku);
			if (entry) drop(sku, entry);
		},
		forgetAll() {
			reading.clear();
			entries.clear();
			bytes = 0;
		},
		remember(listening) {
			isListening = listening;
			if (listening) return;
			reading.clear();
			entries.clear();
			bytes = 0;
		},
		get size() {
			return entries.size;
		},
		get bytes() {
			return bytes;
		},
	};
}
