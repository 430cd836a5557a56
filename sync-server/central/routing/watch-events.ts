import { listenToNotices } from '../../database/notices.ts';
import { isDatabaseAway } from '../../database/transaction.ts';
import { type LatenessContext, rerouteLate } from './reroute-late.ts';
import { rerouteAllShortages } from './reroute-shortage.ts';
import { routeWaiting } from './route-waiting.ts';
import { tellOfPickups } from './tell-of-pickups.ts';

export interface EventsContext extends LatenessContext {
	readonly url: string;
}

const wholeMs = 10 * 60_000;
/** What comes in together is looked at together. */
const soonMs = 500;
/** As the migrations' triggers tell it: a SKU, a tab, and the site where its stock has changed. */
const stockChannel = 'backstock_stock';

/**
 * Does at once what routing can do when something has changed, whoever changed it on whichever server: units that wait get the stock that
 * came in. Now and every ten minutes it looks at everything that waits or is promised without being there, and every ten minutes at what
 * can't leave in time any more, and at pickups whose site can't be asked. @returns ends it, and waits for what is under way
 */
export async function watchEvents(context: EventsContext, log: (line: string) => void): Promise<() => Promise<void>> {
	const changed = new Set<string>();
	let soon: NodeJS.Timeout | null = null;
	let running: Promise<void> = Promise.resolve();
	const inTurn = (work: () => Promise<unknown>) => {
		running = running.then(work).then(
			() => undefined,
			(error: unknown) => {
				// The next time is early enough; a database that is away is told of elsewhere.
				if (!isDatabaseAway(error)) log(`Units could not be routed again: ${String(error)}`);
			},
		);
	};
	const routeChanged = () => {
		soon = null;
		const skus = [...changed];
		changed.clear();
		inTurn(() => routeWaiting(context, skus));
	};
	const lookAtStock = () => {
		inTurn(() => rerouteAllShortages(context));
		inTurn(() => routeWaiting(context));
	};
	const stopListening = await listenToNotices({
		url: context.url,
		channel: stockChannel,
		name: 'backstock routing',
		log,
		hear(told) {
			const [sku = ''] = told.split('\t');
			if (sku === '') return;
			changed.add(sku);
			soon ??= setTimeout(routeChanged, soonMs).unref();
		},
		connected: async () => lookAtStock(),
	});
	const timer = setInterval(() => {
		lookAtStock();
		// Not when it starts: those who worked while no server was there are to be heard first.
		inTurn(() => rerouteLate(context));
		inTurn(() => tellOfPickups(context));
	}, wholeMs).unref();
	return async () => {
		clearInterval(timer);
		if (soon !== null) clearTimeout(soon);
		await stopListening();
		await running;
	};
}
