import type { Kysely } from 'kysely';
import type { CompiledRules } from '../../../shared/domain/promising-rules.ts';
import type { AvailabilityAnswer, AvailabilityQuestion } from '../../../shared/schema/availability.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Clock } from '../../clock.ts';
import { listenToNotices } from '../../database/notices.ts';
import type { Tables } from '../../database/tables.ts';
import type { FindPlace } from '../routing/place-of-address.ts';
import { listSites } from '../routing/sites.ts';
import { currentRules } from '../rules/current-rules.ts';
import { type AnswerContext, answerAvailability, skuQuestion } from './answer-availability.ts';
import { openPictureCache } from './picture-cache.ts';
import { type ReservationFault, unknownSite } from './reservation-request.ts';
import { endOfQuarter, openCalendar } from './site-calendar.ts';
import { readPictures, type StockPicture } from './stock-picture.ts';
import { type Reliability, readReliability } from './supply-reliability.ts';

export interface PromisingParts {
	readonly db: Kysely<Tables>;
	readonly url: string;
	readonly clock: Clock;
	readonly findPlace: FindPlace;
	readonly log: (line: string) => void;
	/** How much of the stock is remembered. */
	readonly mostBytes?: number;
}

/** What can be promised: the one answer that every channel is given. Promises themselves look again under lock. */
export interface Promising {
	/** Or what is wrong with the question. SKUs that nobody knows are named in the answer. */
	answer(question: AvailabilityQuestion): Promise<AvailabilityAnswer | { readonly fault: ReservationFault }>;
	/** The whole answer of one SKU at all sites as JSON, as `answer` gives it. */
	answerOne(sku: string): Promise<Buffer>;
	/** Who has changed what can be promised sees it at once, before PostgreSQL tells everybody. */
	changed(skus: readonly string[]): void;
	/** Every site, by id. */
	sites(): Promise<readonly Site[]>;
	close(): Promise<void>;
}

/** As the migrations' triggers tell it: a SKU, or nothing for all of them. */
const stockChannel = 'backstock_stock';
const usualBytes = 256 * 1024 * 1024;
/** How sure a record is changes by itself, slowly. */
const longestAnswerMs = 60_000;
const reliabilityMs = 60 * 60_000;

/** What is the same for all SKUs. */
interface Surroundings {
	readonly sites: readonly Site[];
	readonly sitesById: ReadonlyMap<string, Site>;
	readonly rules: CompiledRules;
	readonly reliability: Reliability;
	readonly readAtMs: number;
}

/**
 * Opens the promising service: it remembers what it has read of the stock until PostgreSQL tells that it has changed, whoever did so. An
 * answer is therefore never older than such a notice takes.
 */
export async function openPromising(parts: PromisingParts): Promise<Promising> {
	const { db, clock, findPlace } = parts;
	const cache = openPictureCache((skus) => readPictures(db, skus), parts.mostBytes ?? usualBytes);
	const calendar = openCalendar();
	let isListening = false;
	let surroundings: Promise<Surroundings> | null = null;

	async function readSurroundings(): Promise<Surroundings> {
		const [sites, reliability, rules] = await Promise.all([listSites(db), readReliability(db), currentRules(db)]);
		const sitesById = new Map(sites.map((site) => [site.id, site]));
		return { sites, sitesById, rules, reliability, readAtMs: Date.now() };
	}

	async function surroundingsNow(): Promise<Surroundings> {
		if (!isListening) return readSurroundings();
		const reading = surroundings ?? readSurroundings();
		surroundings = reading;
		try {
			const read = await reading;
			if (Date.now() - read.readAtMs > reliabilityMs && surroundings === reading) surroundings = null;
			return read;
		} catch (error) {
			if (surroundings === reading) surroundings = null;
			throw error;
		}
	}

	const stopListening = await listenToNotices({
		url: parts.url,
		channel: stockChannel,
		name: 'backstock promising',
		log: parts.log,
		hear(sku) {
			if (sku !== '') return cache.forget(sku);
			surroundings = null;
			cache.forgetAll();
		},
		async connected() {
			surroundings = null;
			isListening = true;
			cache.remember(true);
		},
		lost() {
			isListening = false;
			surroundings = null;
			cache.remember(false);
		},
	});

	async function contextNow(): Promise<AnswerContext> {
		const { sitesById, rules, reliability } = await surroundingsNow();
		const now = clock.now();
		return { nowMs: now.epochMilliseconds, sites: sitesById, calendar: calendar(now), rules, reliability };
	}

	/** Of some sites only what is not remembered is read, and for these sites alone. */
	async function picturesOf({ lines, siteIds }: AvailabilityQuestion): Promise<ReadonlyMap<string, StockPicture>> {
		const skus = [...new Set(lines.map(({ sku }) => sku))];
		if (siteIds === undefined) return cache.pictures(skus);
		const known = skus.map((sku) => cache.known(sku)).filter((picture) => picture !== undefined);
		const found = new Map(known.map((picture) => [picture.sku, picture]));
		const missing = skus.filter((sku) => !found.has(sku));
		if (missing.length > 0) for (const read of await readPictures(db, missing, siteIds)) found.set(read.sku, read);
		return found;
	}

	const answer: Promising['answer'] = async (question) => {
		const { place, siteIds } = question;
		const fault = unknownSite(siteIds, (await surroundingsNow()).sites);
		if (fault !== undefined) return { fault };
		const pictures = await picturesOf(question);
		const context = await contextNow();
		const asked = skuQuestion(question, place && findPlace({ line1: '', town: '', ...place }));
		const quantities = quantitiesBySku(question);
		return {
			asOf: Temporal.Instant.fromEpochMilliseconds(context.nowMs).toString(),
			availability: [...quantities].flatMap(([sku, quantity]) => {
				const picture = pictures.get(sku);
				return picture === undefined ? [] : [answerAvailability(context, picture, { ...asked, quantity }).answer];
			}),
			unknownSkus: [...quantities.keys()].filter((sku) => !pictures.has(sku)),
		};
	};

	async function answerOne(sku: string): Promise<Buffer> {
		const ready = cache.ready(sku, clock.now().epochMilliseconds);
		if (ready !== undefined) return ready;
		const picture = (await cache.pictures([sku])).get(sku);
		const context = await contextNow();
		const asOf = Temporal.Instant.fromEpochMilliseconds(context.nowMs).toString();
		if (picture === undefined) return Buffer.from(JSON.stringify({ asOf, availability: [], unknownSkus: [sku] }));
		const answered = answerAvailability(context, picture, {});
		const body = Buffer.from(JSON.stringify({ asOf, availability: [answered.answer], unknownSkus: [] }));
		const { nowMs } = context;
		const validUntilMs = Math.min(answered.validUntilMs, endOfQuarter(nowMs), nowMs + longestAnswerMs);
		cache.keep(picture, { body, validUntilMs });
		return body;
	}

	return {
		answer,
		answerOne,
		changed(skus) {
			for (const sku of skus) cache.forget(sku);
		},
		sites: async () => (await surroundingsNow()).sites,
		async close() {
			isListening = false;
			cache.remember(false);
			await stopListening();
		},
	};
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
