import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { AvailabilityAnswer, AvailabilityQuestion, SkuAvailability } from '../../../shared/schema/availability.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Clock } from '../../clock.ts';
import { listenToNotices } from '../../database/notices.ts';
import type { Tables } from '../../database/tables.ts';
import type { FindPlace } from '../routing/place-of-address.ts';
import { quietMinutes, readHeardLast, readSilentSites } from '../routing/silent-sites.ts';
import { type AnswerContext, answerAvailability, skuQuestion } from './answer-availability.ts';
import { fillPictures } from './fill-pictures.ts';
import { openPictureCache } from './picture-cache.ts';
import { openQuietSites } from './quiet-sites.ts';
import { readPictures } from './read-pictures.ts';
import { type ReservationFault, unknownSite } from './reservation-request.ts';
import { endOfQuarter, openCalendar } from './site-calendar.ts';
import { openSiteNumbers, type StockPicture, withSites } from './stock-picture.ts';
import { openSurroundings } from './surroundings.ts';

export interface PromisingParts {
	readonly db: Kysely<Tables>;
	readonly url: string;
	readonly clock: Clock;
	readonly findPlace: FindPlace;
	readonly log: (line: string) => void;
	/** How much of the stock is remembered. */
	readonly mostBytes?: number;
}

interface SiteSku {
	readonly siteId: string;
	readonly sku: string;
}

/** What can be promised: the one answer that every channel is given. Promises themselves look again under lock. */
export interface Promising {
	/** Or what is wrong with the question. SKUs that nobody knows are named in the answer. */
	answer(question: AvailabilityQuestion): Promise<AvailabilityAnswer | { readonly fault: ReservationFault }>;
	/** The same as JSON. */
	answerJson(question: AvailabilityQuestion): Promise<string | { readonly fault: ReservationFault }>;
	/** The whole answer of one SKU at all sites as JSON, as `answer` gives it. */
	answerOne(sku: string): Promise<Buffer>;
	/** Who has changed what can be promised at some sites sees it at once, before PostgreSQL tells everybody. */
	changed(positions: readonly SiteSku[]): void;
	/** Every site, by id. */
	sites(): Promise<readonly Site[]>;
	/** Ids of the sites that are quiet, as of some seconds ago: nothing of them is promised. */
	quiet(): Promise<ReadonlySet<string>>;
	close(): Promise<void>;
}

/**
 * As the migrations' triggers tell it: a SKU; a SKU, a tab and the only site where it has changed; a tab alone for sites and rules;
 * nothing for everything.
 */
const stockChannel = 'backstock_stock';
const usualBytes = 256 * 1024 * 1024;
/** How sure a record is changes by itself, slowly. */
const longestAnswerMs = 15 * 60_000;
/** So long others wait while a long question is answered. */
const turnMs = 10;

type Answered = Omit<AvailabilityAnswer, 'availability'> | { readonly fault: ReservationFault };

/**
 * Opens the promising service: it remembers what it has read of the stock until PostgreSQL tells that it has changed, whoever did so. An
 * answer is therefore never older than such a notice takes.
 */
export async function openPromising(parts: PromisingParts): Promise<Promising> {
	const { db, clock, findPlace, log } = parts;
	const numbers = openSiteNumbers();
	const mostBytes = parts.mostBytes ?? usualBytes;
	const cache = openPictureCache(
		{
			read: (skus, siteIds) => readPictures(db, numbers, skus, siteIds),
			merge: (before, again, siteIds) => withSites(before, again, numbers, siteIds),
		},
		mostBytes,
	);
	const surroundings = openSurroundings(db);
	const calendar = openCalendar();
	const quietSites = openQuietSites({
		clock,
		heardLast: () => readHeardLast(db),
		read: async (at) => readSilentSites(db, (await surroundings.now()).sites, at, quietMinutes),
		changed: cache.forgetAnswers,
	});
	const filling = fillPictures({ db, cache, mostBytes: mostBytes / 2, log });

	const listen = (listening: boolean) => {
		surroundings.remember(listening);
		cache.remember(listening);
	};
	const stopListening = await listenToNotices({
		url: parts.url,
		channel: stockChannel,
		name: 'backstock promising',
		log,
		hear(told) {
			const [sku = '', siteId] = told.split('\t');
			if (sku !== '') return cache.forget(sku, siteId);
			surroundings.forget();
			if (siteId !== undefined) return cache.forgetAnswers();
			cache.forgetAll();
			filling.again();
		},
		async connected() {
			listen(true);
			filling.again();
		},
		lost: () => listen(false),
	});

	async function contextNow(): Promise<AnswerContext> {
		const { sitesById, rules, reliability } = await surroundings.now();
		const quiet = await quietSites.now();
		const now = clock.now();
		const nowMs = now.epochMilliseconds;
		return { nowMs, sites: sitesById, numbers, calendar: calendar(now), rules, reliability, quiet };
	}

	/** Of some sites only what is not remembered is read, and for these sites alone. */
	async function picturesOf({ lines, siteIds }: AvailabilityQuestion): Promise<ReadonlyMap<string, StockPicture>> {
		const skus = [...new Set(lines.map(({ sku }) => sku))];
		if (siteIds === undefined) return cache.pictures(skus);
		const known = skus.map((sku) => cache.known(sku, siteIds)).filter((picture) => picture !== undefined);
		const found = new Map(known.map((picture) => [picture.sku, picture]));
		const missing = skus.filter((sku) => !found.has(sku));
		if (missing.length > 0) {
			for (const read of await readPictures(db, numbers, missing, siteIds)) found.set(read.sku, read);
		}
		return found;
	}

	/** Gives each SKU's answer to `take`. */
	async function answerEach(
		question: AvailabilityQuestion,
		take: (answer: SkuAvailability) => void,
	): Promise<Answered> {
		const { place, siteIds } = question;
		const fault = unknownSite(siteIds, (await surroundings.now()).sites);
		if (fault !== undefined) return { fault };
		const pictures = await picturesOf(question);
		const context = await contextNow();
		const asked = skuQuestion(question, place && findPlace({ line1: '', town: '', ...place }));
		const quantities = quantitiesBySku(question);
		let turnEndsMs = performance.now() + turnMs;
		for (const [sku, quantity] of quantities) {
			const picture = pictures.get(sku);
			if (picture === undefined) continue;
			take(answerAvailability(context, picture, { ...asked, quantity }).answer);
			if (performance.now() < turnEndsMs) continue;
			await nextTurn();
			turnEndsMs = performance.now() + turnMs;
		}
		return { asOf: instantOf(context), unknownSkus: [...quantities.keys()].filter((sku) => !pictures.has(sku)) };
	}

	return {
		async answer(question) {
			const availability: SkuAvailability[] = [];
			const answered = await answerEach(question, (each) => availability.push(each));
			return 'fault' in answered ? answered : { ...answered, availability };
		},
		async answerJson(question) {
			const availability: string[] = [];
			const answered = await answerEach(question, (each) => availability.push(JSON.stringify(each)));
			return 'fault' in answered ? answered : jsonOf(answered, availability);
		},
		async answerOne(sku) {
			if (quietSites.known() === undefined) await quietSites.now();
			const ready = cache.ready(sku, clock.now().epochMilliseconds);
			if (ready !== undefined) return ready;
			const version = surroundings.version();
			const picture = (await cache.pictures([sku])).get(sku);
			const context = await contextNow();
			const asOf = instantOf(context);
			if (picture === undefined) return Buffer.from(jsonOf({ asOf, unknownSkus: [sku] }, []));
			const { answer, validUntilMs } = answerAvailability(context, picture, {});
			const body = Buffer.from(jsonOf({ asOf, unknownSkus: [] }, [JSON.stringify(answer)]));
			const { nowMs } = context;
			// Rules that were published meanwhile are not in it, nor who has gone quiet.
			if (surroundings.version() === version && quietSites.known() === context.quiet) {
				const untilMs = Math.min(validUntilMs, endOfQuarter(nowMs), nowMs + longestAnswerMs);
				cache.keep(picture, { body, validUntilMs: untilMs });
			}
			return body;
		},
		changed(positions) {
			for (const { siteId, sku } of positions) cache.forget(sku, siteId);
		},
		sites: async () => (await surroundings.now()).sites,
		quiet: quietSites.now,
		async close() {
			listen(false);
			await Promise.all([filling.stop(), stopListening()]);
		},
	};
}

const instantOf = ({ nowMs }: AnswerContext) => Temporal.Instant.fromEpochMilliseconds(nowMs).toString();

function jsonOf({ asOf, unknownSkus }: Omit<AvailabilityAnswer, 'availability'>, availability: readonly string[]) {
	return `{"asOf":"${asOf}","availability":[${availability.join(',')}],"unknownSkus":${JSON.stringify(unknownSkus)}}`;
}

/** Of a SKU that is named several times all is wanted. */
function quantitiesBySku({ lines }: AvailabilityQuestion): ReadonlyMap<string, number | undefined> {
	const quantities = new Map<string, number | undefined>();
	for (const { sku, quantity } of lines) {
		const before = quantities.get(sku);
		quantities.set(sku, quantity === undefined ? before : quantity + (before ?? 0));
	}
	return quantities;
}
