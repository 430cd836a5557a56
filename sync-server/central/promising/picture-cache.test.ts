import { expect, it } from 'vitest';
import { openPictureCache } from './picture-cache.ts';
import type { StockPicture } from './stock-picture.ts';

const pictureOf = (sku: string, version: number): StockPicture => ({
	sku,
	product: '{}',
	positions: `[["leeds",${version}]]`,
	claims: null,
	supply: null,
});

/** A store whose answers are given when the test says so. */
function openStore(mostBytes = 100_000) {
	let version = 1;
	const waiting: (() => void)[] = [];
	const reads: string[][] = [];
	const cache = openPictureCache(async (skus) => {
		reads.push([...skus]);
		const seen = version;
		await new Promise<void>((resolve) => waiting.push(resolve));
		return skus.filter((sku) => sku !== 'unknown').map((sku) => pictureOf(sku, seen));
	}, mostBytes);
	cache.remember(true);
	return {
		cache,
		reads,
		change: () => {
			version += 1;
		},
		answer: () => {
			for (const resolve of waiting.splice(0)) resolve();
		},
	};
}

async function versionOf(store: ReturnType<typeof openStore>, sku: string): Promise<string | null | undefined> {
	const asked = store.cache.pictures([sku]);
	store.answer();
	return (await asked).get(sku)?.positions;
}

it('what was read is remembered until it is told that it changed, and one reading serves all who wait for it', async () => {
	const store = openStore();
	const both = Promise.all([store.cache.pictures(['A', 'B']), store.cache.pictures(['B'])]);
	store.answer();
	await both;
	expect(store.reads).toEqual([['A', 'B']]);
	await versionOf(store, 'A');
	expect(store.reads).toHaveLength(1);
	store.change();
	store.cache.forget('A');
	expect(await versionOf(store, 'A')).toBe('[["leeds",2]]');
	expect(await versionOf(store, 'B')).toBe('[["leeds",1]]');
});

it('what changes while it is read is not remembered, and who asks after the change does not wait for the reading before', async () => {
	const store = openStore();
	const before = store.cache.pictures(['A']);
	store.change();
	store.cache.forget('A');
	const after = store.cache.pictures(['A']);
	store.answer();
	expect((await before).get('A')?.positions).toBe('[["leeds",1]]');
	expect((await after).get('A')?.positions).toBe('[["leeds",2]]');
	expect(store.cache.known('A')?.positions).toBe('[["leeds",2]]');
});

it('while nobody tells what changes, nothing is remembered', async () => {
	const store = openStore();
	await versionOf(store, 'A');
	store.cache.remember(false);
	expect(store.cache.known('A')).toBeUndefined();
	await versionOf(store, 'A');
	expect(store.cache.known('A')).toBeUndefined();
	const lost = store.cache.pictures(['A']);
	store.cache.remember(true);
	store.answer();
	await lost;
});

it('an answer is kept with the picture from which it was made, until its time', async () => {
	const store = openStore();
	await versionOf(store, 'A');
	const picture = store.cache.known('A');
	if (picture === undefined) throw new Error('It was not remembered.');
	store.cache.keep(picture, { body: Buffer.from('answer'), validUntilMs: 1000 });
	expect(store.cache.ready('A', 999)?.toString()).toBe('answer');
	expect(store.cache.ready('A', 1000)).toBeUndefined();
	store.cache.forget('A');
	store.cache.keep(picture, { body: Buffer.from('late'), validUntilMs: 1000 });
	expect(store.cache.ready('A', 0)).toBeUndefined();
});

it('the bytes have a bound, and what was not asked for longest goes first', async () => {
	const store = openStore(1000);
	for (const sku of ['A', 'B']) await versionOf(store, sku);
	await versionOf(store, 'A');
	await versionOf(store, 'C');
	await versionOf(store, 'D');
	expect(store.cache.bytes).toBeLessThanOrEqual(1000);
	expect(store.cache.known('B')).toBeUndefined();
	expect(store.cache.known('D')).toBeDefined();
	expect(await versionOf(store, 'unknown')).toBeUndefined();
	store.cache.forgetAll();
	expect([store.cache.size, store.cache.bytes]).toEqual([0, 0]);
});
