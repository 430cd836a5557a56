import { expect, it } from 'vitest';
import { openPictureCache } from './picture-cache.ts';
import { openSiteNumbers, picturedSites, pictureNumbers, type StockPicture, withSites } from './stock-picture.ts';

const numbers = openSiteNumbers();
const everySite = ['leeds', 'london'];

/** As many units everywhere as the version says. */
const pictureOf = (sku: string, version: number, siteIds = everySite): StockPicture => ({
	sku,
	product: '{}',
	numbers: pictureNumbers({
		positions: siteIds.map((siteId) => [numbers.numberOf(siteId), version, 0]),
		details: [],
		claims: [],
	}),
	supply: null,
	promised: null,
});

/** A store whose answers are given when the test says so. */
function openStore(mostBytes = 100_000) {
	let version = 1;
	const waiting: (() => void)[] = [];
	const reads: string[] = [];
	const cache = openPictureCache(
		{
			read: async (skus, siteIds) => {
				reads.push([...skus, ...(siteIds ? ['at', ...siteIds] : [])].join(' '));
				const seen = version;
				await new Promise<void>((resolve) => waiting.push(resolve));
				return skus.filter((sku) => sku !== 'unknown').map((sku) => pictureOf(sku, seen, siteIds && [...siteIds]));
			},
			merge: (before, again, siteIds) => withSites(before, again, numbers, siteIds),
		},
		mostBytes,
	);
	cache.remember(true);
	return {
		cache,
		reads,
		change: () => {
			version += 1;
		},
		/** Whatever is being read by now is answered. */
		answer: async () => {
			await null;
			for (const resolve of waiting.splice(0)) resolve();
		},
	};
}

/** The version that a picture shows at each site. */
const versionsIn = (picture: StockPicture | undefined) =>
	picture && picturedSites(picture, numbers).map(({ siteId, onHand }) => `${siteId} ${onHand}`);
const knownVersions = (store: ReturnType<typeof openStore>, sku: string) =>
	versionsIn(store.cache.known(sku, everySite));

async function versionsOf(store: ReturnType<typeof openStore>, sku: string) {
	const asked = store.cache.pictures([sku]);
	await store.answer();
	return versionsIn((await asked).get(sku));
}

it('what was read is remembered until it is told that it changed, and one reading serves all who wait for it', async () => {
	const store = openStore();
	const both = Promise.all([store.cache.pictures(['A', 'B']), store.cache.pictures(['B'])]);
	await store.answer();
	await both;
	expect(store.reads).toEqual(['A B']);
	await versionsOf(store, 'A');
	expect(store.reads).toHaveLength(1);
	store.change();
	store.cache.forget('A');
	expect(await versionsOf(store, 'A')).toEqual(['leeds 2', 'london 2']);
	expect(await versionsOf(store, 'B')).toEqual(['leeds 1', 'london 1']);
});

it('what is wanted while two readings are under way is read together afterwards', async () => {
	const store = openStore();
	const asked = [];
	for (const sku of ['A', 'B', 'C', 'D', 'E']) {
		asked.push(store.cache.pictures([sku]));
		await null;
	}
	expect(store.reads).toEqual(['A', 'B']);
	await store.answer();
	await Promise.all(asked.slice(0, 2));
	await store.answer();
	await Promise.all(asked);
	expect(store.reads).toEqual(['A', 'B', 'C D E']);
});

it('what has changed at one site is read again there alone, and the answer is not given meanwhile', async () => {
	const store = openStore();
	await versionsOf(store, 'A');
	const picture = store.cache.known('A', everySite);
	if (picture === undefined) throw new Error('It was not remembered.');
	store.cache.keep(picture, { body: Buffer.from('answer'), validUntilMs: 1000 });
	store.change();
	store.cache.forget('A', 'london');
	expect(store.cache.ready('A', 0)).toBeUndefined();
	expect(store.cache.known('A', ['london'])).toBeUndefined();
	expect(store.cache.known('A', ['leeds'])).toBeDefined();
	expect(await versionsOf(store, 'A')).toEqual(['leeds 1', 'london 2']);
	expect(store.reads).toEqual(['A', 'A at london']);
	expect(await versionsOf(store, 'A')).toEqual(['leeds 1', 'london 2']);
	expect(store.reads).toHaveLength(2);
});

it('what changes while it is read is not remembered, and who asks after the change does not wait for the reading before', async () => {
	const store = openStore();
	const before = store.cache.pictures(['A']);
	await null;
	store.change();
	store.cache.forget('A', 'leeds');
	const after = store.cache.pictures(['A']);
	await store.answer();
	expect(versionsIn((await before).get('A'))).toEqual(['leeds 1', 'london 1']);
	await store.answer();
	expect(versionsIn((await after).get('A'))).toEqual(['leeds 2', 'london 2']);
	expect(knownVersions(store, 'A')).toEqual(['leeds 2', 'london 2']);
});

it('a site that changes once more while it is read again is read whole by who asks then', async () => {
	const store = openStore();
	await versionsOf(store, 'A');
	store.change();
	store.cache.forget('A', 'leeds');
	const before = store.cache.pictures(['A']);
	await null;
	store.change();
	store.cache.forget('A', 'leeds');
	const after = store.cache.pictures(['A']);
	await store.answer();
	expect(versionsIn((await before).get('A'))).toEqual(['leeds 2', 'london 1']);
	await store.answer();
	expect(versionsIn((await after).get('A'))).toEqual(['leeds 3', 'london 3']);
	expect(knownVersions(store, 'A')).toEqual(['leeds 3', 'london 3']);
});

it('while nobody tells what changes, nothing is remembered', async () => {
	const store = openStore();
	await versionsOf(store, 'A');
	store.cache.remember(false);
	expect(knownVersions(store, 'A')).toBeUndefined();
	await versionsOf(store, 'A');
	expect(knownVersions(store, 'A')).toBeUndefined();
	const lost = store.cache.pictures(['A']);
	store.cache.remember(true);
	await store.answer();
	await lost;
});

it('an answer is kept with the picture from which it was made, until its time or until rules change', async () => {
	const store = openStore();
	await versionsOf(store, 'A');
	const picture = store.cache.known('A', everySite);
	if (picture === undefined) throw new Error('It was not remembered.');
	store.cache.keep(picture, { body: Buffer.from('answer'), validUntilMs: 1000 });
	expect(store.cache.ready('A', 999)?.toString()).toBe('answer');
	expect(store.cache.ready('A', 1000)).toBeUndefined();
	store.cache.forgetAnswers();
	expect(store.cache.ready('A', 0)).toBeUndefined();
	expect(store.cache.known('A', everySite)).toBe(picture);
	store.cache.forget('A');
	store.cache.keep(picture, { body: Buffer.from('late'), validUntilMs: 1000 });
	expect(store.cache.ready('A', 0)).toBeUndefined();
});

it('who waits for a reading that fails is told, and the next one reads again', async () => {
	let isAway = true;
	const cache = openPictureCache(
		{
			read: async (skus) => {
				if (isAway) throw new Error('away');
				return skus.map((sku) => pictureOf(sku, 1));
			},
			merge: (before) => before,
		},
		10_000,
	);
	cache.remember(true);
	await expect(cache.pictures(['A', 'B'])).rejects.toThrow('away');
	isAway = false;
	expect((await cache.pictures(['A'])).size).toBe(1);
});

it('the bytes have a bound, and what was not asked for longest goes first', async () => {
	const store = openStore(2200);
	for (const sku of ['A', 'B']) await versionsOf(store, sku);
	await versionsOf(store, 'A');
	await versionsOf(store, 'C');
	await versionsOf(store, 'D');
	expect(store.cache.bytes).toBeLessThanOrEqual(2200);
	expect(knownVersions(store, 'B')).toBeUndefined();
	expect(knownVersions(store, 'D')).toBeDefined();
	expect(await versionsOf(store, 'unknown')).toBeUndefined();
	store.cache.forgetAll();
	expect([store.cache.size, store.cache.bytes]).toEqual([0, 0]);
});
