import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { openApiKey } from './central/access/api-key.ts';
import { planCountsDaily } from './central/counting/plan-counts.ts';
import { watchDailyDemand } from './central/promising/daily-demand.ts';
import { openPromising } from './central/promising/open-promising.ts';
import { watchReservations } from './central/promising/release-reservation.ts';
import { watchRights } from './central/rights/watch-rights.ts';
import { planInThread } from './central/routing/batch/plan-in-thread.ts';
import { watchRouting } from './central/routing/batch/watch-routing.ts';
import { placeFinder } from './central/routing/place-of-address.ts';
import { openReplayDesk } from './central/routing/replay/replay-desk.ts';
import { watchEvents } from './central/routing/watch-events.ts';
import { tellRules } from './central/rules/tell-rules.ts';
import { readSettings } from './central/settings.ts';
import { type Clock, chooseClock, realClock } from './clock.ts';
import { migrate } from './database/migrate.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { purgeDaily } from './database/purge-tombstones.ts';
import { isDatabaseAway } from './database/transaction.ts';
import { openWakeHub } from './feed/wake.ts';
import { openMetrics } from './http/metrics.ts';
import { buildHttpServer } from './http/server.ts';
import { readDemoOutcodes } from './intake/demo-files.ts';
import { loadDemoData } from './intake/load-demo-data.ts';

export interface ServerOptions {
	readonly databaseUrl: string;
	/** 0 takes any free one. */
	readonly port: number;
	/** This machine only, unless another address is named. */
	readonly host?: string;
	readonly dataFolder: string;
	/** Where the built app is; it may be built later. */
	readonly rendererFolder: string;
	readonly log: (line: string) => void;
	/** Instead of the clock that BACKSTOCK_CLOCK names. */
	readonly clock?: Clock;
	/** False leaves an empty database empty. */
	readonly demo?: boolean;
	/** How often everything that no site has started is routed anew, 5 unless said; 0 for only when somebody asks. */
	readonly routingEveryMinutes?: number;
}

const usualRoutingMinutes = 5;

export interface RunningServer {
	/** Without a slash at the end. */
	readonly url: string;
	stop(): Promise<void>;
}

/**
 * Starts the sync server on a database: brings its tables up to date, loads the demo data if it is empty, and listens.
 * @throws an error in words that a person can act on
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const database = openDatabase(options.databaseUrl, { log: options.log });
	const opened: (() => Promise<void>)[] = [() => database.close()];
	const stop = async () => {
		for (const close of opened.splice(0).reverse()) await close();
	};
	try {
		const clock = await prepareDatabase(database, options);
		const hub = await openWakeHub({ db: database.db, url: options.databaseUrl, log: options.log });
		opened.push(() => hub.close());
		opened.push(purgeDaily({ db: database.db, clock }, options.log));
		const findPlace = placeFinder(readDemoOutcodes());
		opened.push(watchReservations({ db: database.db, clock }, options.log));
		opened.push(await watchEvents({ db: database.db, clock, findPlace, url: options.databaseUrl }, options.log));
		opened.push(planCountsDaily({ db: database.db, clock }, options.log));
		const metrics = openMetrics({ database, hub });
		const routing = watchRouting(
			{
				db: database.db,
				clock,
				findPlace,
				server: hostname(),
				plan: planInThread,
				log: options.log,
				ended: (run) => metrics.routed(run),
			},
			options.routingEveryMinutes ?? usualRoutingMinutes,
		);
		opened.push(() => routing.stop());
		const promising = await openPromising({
			db: database.db,
			url: options.databaseUrl,
			clock,
			findPlace,
			log: options.log,
		});
		opened.push(() => promising.close());
		opened.push(watchDailyDemand({ db: database.db, clock }, options.log));
		const rights = await watchRights({ db: database.db, clock, url: options.databaseUrl }, options.log);
		opened.push(() => rights.stop());
		const replays = openReplayDesk({ db: database.db, clock, findPlace }, options.log);
		opened.push(async () => replays.close());
		const { grantSecret } = await readSettings(database.db);
		const app = await buildHttpServer({
			database,
			sync: {
				db: database.db,
				clock,
				findPlace,
				grantSecret,
				rights: {
					...rights,
					// Who was told that his work was taken in sees what follows from it.
					touched: (positions) => {
						promising.changed(positions);
						rights.touched(positions);
					},
				},
				hub,
				promising,
				replays,
				metrics,
				log: options.log,
			},
			api: {
				db: database.db,
				clock,
				findPlace,
				promising,
				replays,
				routing,
				isApiKey: await openApiKey(database.db, options.dataFolder, options.log),
				isDatabaseAway,
			},
			rendererFolder: options.rendererFolder,
			log: options.log,
		});
		opened.push(() => app.close());
		return { url: await listen(app, options), stop };
	} catch (error) {
		await stop();
		if (!isDatabaseAway(error)) throw error;
		const { host } = new URL(options.databaseUrl);
		throw new Error(`PostgreSQL at ${host} can't be reached: ${error instanceof Error ? error.message : ''}`, {
			cause: error,
		});
	}
}

async function prepareDatabase({ db }: Database, options: ServerOptions): Promise<Clock> {
	await migrate(db, options.log);
	const setting = process.env.BACKSTOCK_CLOCK;
	// The demo data is laid around the day on which it is loaded.
	const loadingClock = options.clock ?? chooseClock(setting === 'demo' ? undefined : setting, null, realClock);
	if (options.demo !== false) await loadDemoData(db, loadingClock, options.log);
	await tellRules(db);
	const { demoDay } = await readSettings(db);
	return options.clock ?? chooseClock(setting, demoDay);
}

async function listen(app: FastifyInstance, { port, host = 'localhost' }: ServerOptions): Promise<string> {
	try {
		await app.listen({ port, host });
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code !== 'EADDRINUSE') throw error;
		throw new Error(`Port ${port} is taken by another program. End it, or choose another port.`, { cause: error });
	}
	const bound = app.server.address() as AddressInfo;
	return `http://${host}:${bound.port}`;
}
