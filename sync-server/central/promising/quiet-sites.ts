import type { Clock } from '../../clock.ts';

export interface QuietSites {
	/** The ids of the sites that are quiet, a few seconds old at most; the same set while none has changed. */
	now(): Promise<ReadonlySet<string>>;
	/** The same, if it need not be read again. */
	known(): ReadonlySet<string> | undefined;
}

/** So long what was read is remembered: an answer about stock is given thousands of times meanwhile. */
const rememberedMs = 5000;

/** While a server is as new as this, devices may not have called again yet: time in which nobody was heard of is no site's silence. */
const settlingMs = 60_000;

export interface QuietSitesParts {
	readonly clock: Clock;
	/** When any device was heard of last; null for never. */
	readonly heardLast: () => Promise<string | null>;
	/** Ids of those that are quiet at an instant. */
	readonly read: (at: string) => Promise<ReadonlySet<string>>;
	/** Answers that were made before are wrong now. */
	readonly changed: () => void;
}

/** Remembers for some seconds which sites are quiet, so that answers about stock need not read it each. */
export function openQuietSites({ clock, heardLast, read, changed }: QuietSitesParts): QuietSites {
	const openedAtMs = clock.now().epochMilliseconds;
	let remembered: ReadonlySet<string> = new Set();
	let readAtMs = Number.NEGATIVE_INFINITY;
	let reading: Promise<ReadonlySet<string>> | null = null;

	async function readAgain(): Promise<ReadonlySet<string>> {
		const at = clock.now();
		try {
			const isNew = at.epochMilliseconds - openedAtMs < settlingMs;
			const found = await read((isNew ? await heardLast() : null) ?? at.toString());
			readAtMs = at.epochMilliseconds;
			if (found.symmetricDifference(remembered).size > 0) {
				remembered = found;
				changed();
			}
			return remembered;
		} finally {
			reading = null;
		}
	}

	const known = () => (Math.abs(clock.now().epochMilliseconds - readAtMs) < rememberedMs ? remembered : undefined);
	return {
		known,
		async now() {
			reading ??= known() === undefined ? readAgain() : null;
			return reading ?? remembered;
		},
	};
}
