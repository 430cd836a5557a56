import { listenToNotices } from '../../database/notices.ts';
import { isDatabaseAway } from '../../database/transaction.ts';
import { askedBackChannel, listAskedBack } from './asked-back.ts';
import { balanceAll, balanceSite, type RightsContext } from './balance-rights.ts';

export interface RightsWatch {
	/** What may be promised of these has changed: their rights are looked at soon. */
	readonly touched: (positions: readonly { readonly siteId: string; readonly sku: string }[]) => void;
	/** A site has another device: all its rights are looked at soon. */
	readonly enrolled: (siteId: string) => void;
	/** Ends it, and waits for what is under way. */
	readonly stop: () => Promise<void>;
}

const wholeMs = 10 * 60_000;
const soonMs = 1_000;

/**
 * Balances all rights now and every ten minutes, those of which stock was taken or freed after a second, and those that somebody asks back at
 * once, whichever server he asked.
 */
export async function watchRights(
	{ url, ...context }: RightsContext & { readonly url: string },
	log: (line: string) => void,
): Promise<RightsWatch> {
	const waiting = new Map<string, Set<string>>();
	const wholeSites = new Set<string>();
	let soon: NodeJS.Timeout | null = null;
	let running: Promise<void> = Promise.resolve();
	let isStopped = false;
	const inTurn = (work: () => Promise<unknown>) => {
		running = running.then(work).then(
			() => undefined,
			(error: unknown) => {
				// What waits is tried again, all else at the next time; a database that is away is told of elsewhere.
				if (!isDatabaseAway(error)) log(`Selling rights could not be balanced: ${String(error)}`);
			},
		);
	};
	const lookAtWaiting = () => {
		soon = null;
		const sites = [...waiting].filter(([siteId]) => !wholeSites.has(siteId));
		for (const siteId of wholeSites) inTurn(() => orAgain(balanceSite(context, siteId), () => wholeSites.add(siteId)));
		waiting.clear();
		wholeSites.clear();
		for (const [siteId, skus] of sites) {
			inTurn(() => orAgain(balanceSite(context, siteId, [...skus]), () => waitFor(siteId, skus)));
		}
	};
	/** What the database could not do now waits again. */
	const orAgain = (balanced: Promise<unknown>, wait: () => unknown) =>
		balanced.catch((error: unknown) => {
			if (isDatabaseAway(error) && !isStopped) {
				wait();
				lookSoon();
			}
			throw error;
		});
	const waitFor = (siteId: string, skus: Iterable<string>) => {
		const known = waiting.get(siteId) ?? new Set();
		for (const sku of skus) known.add(sku);
		waiting.set(siteId, known);
	};
	const lookSoon = () => {
		soon ??= setTimeout(lookAtWaiting, soonMs).unref();
	};
	/** What was asked while nobody listened. */
	const lookAtAskedBack = async () => {
		for (const { siteId, sku } of await listAskedBack(context.db, context.clock.now().toString())) {
			await balanceSite(context, siteId, [sku]);
		}
	};
	const stopListening = await listenToNotices({
		url,
		channel: askedBackChannel,
		name: 'backstock rights',
		log,
		hear(told) {
			const [siteId = '', sku = ''] = told.split('\t');
			inTurn(() => balanceSite(context, siteId, [sku]));
		},
		connected: async () => inTurn(lookAtAskedBack),
	});
	inTurn(() => balanceAll(context));
	const timer = setInterval(() => {
		inTurn(lookAtAskedBack);
		inTurn(() => balanceAll(context));
	}, wholeMs).unref();
	return {
		touched: (positions) => {
			for (const { siteId, sku } of positions) waitFor(siteId, [sku]);
			if (positions.length > 0) lookSoon();
		},
		enrolled: (siteId) => {
			wholeSites.add(siteId);
			lookSoon();
		},
		stop: async () => {
			isStopped = true;
			clearInterval(timer);
			if (soon !== null) clearTimeout(soon);
			await stopListening();
			await running;
		},
	};
}
