import { isDatabaseAway } from '../../database/transaction.ts';
import { AskedBack, type Lacking } from './asked-back.ts';
import { balanceAll, balanceSite, type RightsContext } from './balance-rights.ts';

export interface RightsWatch {
	/** What may be promised of these has changed: their rights are looked at soon. */
	readonly touched: (positions: readonly { readonly siteId: string; readonly sku: string }[]) => void;
	/** A site has another device: all its rights are looked at soon. */
	readonly enrolled: (siteId: string) => void;
	/** An order lacks these units: devices that can be heard are asked for theirs, so that the next try works. */
	readonly lacking: (lacking: readonly Lacking[]) => void;
	/** Ends it, and waits for what is under way. */
	readonly stop: () => Promise<void>;
}

const wholeMs = 10 * 60_000;
const soonMs = 1_000;

/** Balances all rights now and every ten minutes, and those of which stock was taken or freed after a second. */
export function watchRights(parts: RightsContext, log: (line: string) => void): RightsWatch {
	const askedBack = new AskedBack();
	const context = { ...parts, keptBack: (siteId: string, sku: string) => askedBack.units(siteId, sku) };
	const waiting = new Map<string, Set<string>>();
	const wholeSites = new Set<string>();
	let soon: NodeJS.Timeout | null = null;
	let running: Promise<void> = Promise.resolve();
	const inTurn = (work: () => Promise<unknown>) => {
		running = running.then(work).then(
			() => undefined,
			(error: unknown) => {
				// The next time is early enough; a database that is away is told of elsewhere.
				if (!isDatabaseAway(error)) log(`Selling rights could not be balanced: ${String(error)}`);
			},
		);
	};
	const lookAtWaiting = () => {
		soon = null;
		const sites = [...waiting].filter(([siteId]) => !wholeSites.has(siteId));
		for (const siteId of wholeSites) inTurn(() => balanceSite(context, siteId));
		waiting.clear();
		wholeSites.clear();
		for (const [siteId, skus] of sites) inTurn(() => balanceSite(context, siteId, [...skus]));
	};
	const lookSoon = () => {
		soon ??= setTimeout(lookAtWaiting, soonMs).unref();
	};
	inTurn(() => balanceAll(context));
	const timer = setInterval(() => inTurn(() => balanceAll(context)), wholeMs).unref();
	return {
		touched: (positions) => {
			for (const { siteId, sku } of positions) {
				const skus = waiting.get(siteId) ?? new Set();
				waiting.set(siteId, skus.add(sku));
			}
			if (positions.length > 0) lookSoon();
		},
		enrolled: (siteId) => {
			wholeSites.add(siteId);
			lookSoon();
		},
		lacking: (lacking) => {
			inTurn(async () => {
				for (const { siteId, sku } of await askedBack.note(context.db, lacking))
					await balanceSite(context, siteId, [sku]);
			});
		},
		stop: async () => {
			clearInterval(timer);
			if (soon !== null) clearTimeout(soon);
			await running;
		},
	};
}
