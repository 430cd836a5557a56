import type { Bench } from './bench.ts';
import { largeDevice } from './large-device.ts';
import { benchProduct, largeSize } from './large-site.ts';
import { rounded, spreadOf } from './quantiles.ts';

const field = 'Name, SKU or number of a product';
const list = '[role="listbox"][aria-label="Products that fit"]';

/** From the last key of a typed name to the painted row of a product; the first search reads the whole catalog. */
export const nameSearch: Bench = {
	name: 'name-search',
	run: async (workshop) => {
		const { page } = (await largeDevice(workshop)).device;
		await page.evaluate(() => {
			window.location.hash = '#/lookup';
		});
		await page.getByLabel(field).waitFor();
		const last = largeSize.products - 1;
		const search = async (number: number): Promise<number> => {
			const product = benchProduct(number);
			const query = `${product.name.split(',')[0] ?? ''} ${product.id.slice(-6)}`;
			await page.getByLabel(field).fill('');
			const began = await page.evaluate(() => performance.now());
			const painted = page.evaluate(([selector, wanted]) => window.bench.saying(selector, wanted), [
				list,
				product.id,
			] as const);
			await page.getByLabel(field).fill(query);
			const origin = await page.evaluate(() => performance.timeOrigin);
			return rounded((await painted) - origin - began);
		};
		const longestSince = (from: number) =>
			page.evaluate(
				(since) =>
					Math.max(
						0,
						...window.bench.longTasks
							.filter(({ at }) => at >= since)
							.map(({ milliseconds }) => Math.round(milliseconds)),
					),
				from,
			);
		const began = await page.evaluate(() => performance.now());
		const firstMs = await search(last);
		const longestTaskMs = await longestSince(began);
		const later: number[] = [];
		for (let at = 0; at < 40; at += 1) later.push(await search((at * 7919) % largeSize.products));
		const laterMs = spreadOf(later);
		const longestLaterMs = await longestSince(began);
		return {
			line:
				`name-search: ${largeSize.products} products; the first search, which reads them, ${firstMs} ms for the last product, ` +
				`longest task ${longestTaskMs} ms; later ones p50 ${laterMs.p50} ms, p99 ${laterMs.p99} ms, longest task ${longestLaterMs} ms`,
			budget: 'no freeze over 100 ms',
			figures: { firstMs, longestTaskMs, laterMs, longestLaterMs },
		};
	},
};
