import type { RuledProduct } from '../../../shared/domain/promising-rules.ts';
import { parsedRows } from '../../database/json-rows.ts';

/**
 * What promises of one SKU follow from, at every site or at those that were asked about. A text and a row of numbers, because a hundred
 * thousand of them are remembered and few are looked into at a time.
 */
export interface StockPicture {
	readonly sku: string;
	/** A `PicturedProduct` as JSON. */
	readonly product: string;
	/** What `pictureNumbers` makes of the tables. */
	readonly numbers: Float64Array;
	/** Rows of `PicturedSupply` as JSON; null for none. */
	readonly supply: string | null;
	/** Rows of site, units, day and epoch milliseconds as JSON: what of the supply was promised. Null for none. */
	readonly promised: string | null;
}

export type PicturedProduct = RuledProduct & { readonly name: string };

export interface PicturedClaim {
	readonly units: number;
	readonly expiresAtMs: number;
}
/** Units still to come from a supplier or another site, to which site, and the day on which they are expected. */
export type PicturedSupply = readonly [siteId: string, units: number, expectedOn: string, sourceId: string];

/** Units of what is to come that somebody was promised for a day, until an instant. */
export interface PicturedPromise {
	readonly units: number;
	readonly dueOn: string;
	readonly expiresAtMs: number;
}
type PromiseRow = readonly [siteId: string, units: number, dueOn: string, expiresAtMs: number];

/** What is known of a site's record. */
export interface SiteDetails {
	readonly isInDoubt: boolean;
	readonly dailyDemand: number;
	readonly countedAtMs: number | null;
	readonly shorts: number;
	readonly picksRight: number;
	readonly unitsOut: number;
	readonly unitsIn: number;
	readonly unitsReturned: number;
}

/** One site of a picture. */
export interface PicturedSite {
	readonly siteId: string;
	readonly onHand: number;
	readonly allocated: number;
	readonly details: SiteDetails;
	readonly claims: readonly PicturedClaim[];
	readonly supply: readonly PicturedSupply[];
	readonly promised: readonly PicturedPromise[];
}

/** Small numbers for sites, made up as they are met. */
export interface SiteNumbers {
	numberOf(siteId: string): number;
	idOf(siteNumber: number): string;
}

export function openSiteNumbers(): SiteNumbers {
	const numbers = new Map<string, number>();
	const ids: string[] = [];
	return {
		numberOf(siteId) {
			const known = numbers.get(siteId);
			if (known !== undefined) return known;
			ids.push(siteId);
			numbers.set(siteId, ids.length - 1);
			return ids.length - 1;
		},
		idOf: (siteNumber) => ids[siteNumber] ?? '',
	};
}

/** Rows of numbers, each beginning with its site's. */
export interface PictureTables {
	/** Site, units available, units that orders have. */
	readonly positions: readonly PictureRow[];
	/** Of sites where something is known of the record: what `SiteDetails` holds, in its order; NaN for what is null. */
	readonly details: readonly PictureRow[];
	/** Site, units, epoch milliseconds until which they are claimed (infinite without an end). */
	readonly claims: readonly PictureRow[];
}
export type PictureRow = ArrayLike<number>;

const widths = { positions: 3, details: 9, claims: 3 } as const;
const tableNames = ['positions', 'details', 'claims'] as const;
type TableName = (typeof tableNames)[number];

/** The tables one after the other, each in the order of its sites' numbers; where each of them ends stands before. */
export function pictureNumbers(tables: PictureTables): Float64Array {
	const size = tableNames.reduce<number>((sum, name) => sum + tables[name].length * widths[name], tableNames.length);
	const numbers = new Float64Array(size);
	let at = tableNames.length;
	for (const [index, name] of tableNames.entries()) {
		for (const row of [...tables[name]].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))) {
			numbers.set(row, at);
			at += widths[name];
		}
		numbers[index] = at;
	}
	return numbers;
}

function tableIn({ numbers }: StockPicture, name: TableName): { readonly from: number; readonly end: number } {
	const index = tableNames.indexOf(name);
	return { from: index === 0 ? tableNames.length : (numbers[index - 1] ?? 0), end: numbers[index] ?? 0 };
}

/** Where a site's rows of a table begin; by halving. Undefined where it has none. */
function firstRow(picture: StockPicture, name: TableName, siteNumber: number): number | undefined {
	const { numbers } = picture;
	const { from, end } = tableIn(picture, name);
	const width = widths[name];
	let low = 0;
	let high = (end - from) / width;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((numbers[from + middle * width] ?? 0) < siteNumber) low = middle + 1;
		else high = middle;
	}
	const at = from + low * width;
	return at < end && numbers[at] === siteNumber ? at : undefined;
}

const noSupply: readonly PicturedSupply[] = [];
const noPromises: readonly PicturedPromise[] = [];

/** Sites with a position, or to which the SKU is on its way: all of them, or those that were asked about. */
export function picturedSites(
	picture: StockPicture,
	sites: SiteNumbers,
	asked?: ReadonlySet<string>,
): readonly PicturedSite[] {
	const supplyAt = Map.groupBy(parsedRows<PicturedSupply>(picture.supply), ([siteId]) => siteId);
	const promisedAt = Map.groupBy(parsedRows<PromiseRow>(picture.promised), ([siteId]) => siteId);
	const found: PicturedSite[] = [];
	const add = (siteId: string, siteNumber: number, at: number | undefined) => {
		found.push({
			siteId,
			onHand: at === undefined ? 0 : (picture.numbers[at + 1] ?? 0),
			allocated: at === undefined ? 0 : (picture.numbers[at + 2] ?? 0),
			details: detailsAt(picture, siteNumber),
			claims: claimsAt(picture, siteNumber),
			supply: supplyAt.get(siteId) ?? noSupply,
			promised: promisedAt.get(siteId)?.map(promiseOf) ?? noPromises,
		});
		if (supplyAt.size > 0) supplyAt.delete(siteId);
	};
	if (asked === undefined) {
		const { from, end } = tableIn(picture, 'positions');
		for (let at = from; at < end; at += widths.positions) {
			const siteNumber = picture.numbers[at] ?? 0;
			add(sites.idOf(siteNumber), siteNumber, at);
		}
	} else {
		for (const siteId of asked) {
			const siteNumber = sites.numberOf(siteId);
			const at = firstRow(picture, 'positions', siteNumber);
			if (at !== undefined) add(siteId, siteNumber, at);
		}
	}
	for (const siteId of supplyAt.keys()) {
		if (asked?.has(siteId) ?? true) add(siteId, sites.numberOf(siteId), undefined);
	}
	return found;
}

const promiseOf = ([, units, dueOn, expiresAtMs]: PromiseRow): PicturedPromise => ({ units, dueOn, expiresAtMs });

const nothingKnown: SiteDetails = {
	isInDoubt: false,
	dailyDemand: 0,
	countedAtMs: null,
	shorts: 0,
	picksRight: 0,
	unitsOut: 0,
	unitsIn: 0,
	unitsReturned: 0,
};

function detailsAt(picture: StockPicture, siteNumber: number): SiteDetails {
	const at = firstRow(picture, 'details', siteNumber);
	if (at === undefined) return nothingKnown;
	const number = (column: number) => picture.numbers[at + column] ?? 0;
	const countedAtMs = number(3);
	return {
		isInDoubt: number(1) === 1,
		dailyDemand: number(2),
		countedAtMs: Number.isNaN(countedAtMs) ? null : countedAtMs,
		shorts: number(4),
		picksRight: number(5),
		unitsOut: number(6),
		unitsIn: number(7),
		unitsReturned: number(8),
	};
}

const noClaims: readonly PicturedClaim[] = [];

function claimsAt(picture: StockPicture, siteNumber: number): readonly PicturedClaim[] {
	const first = firstRow(picture, 'claims', siteNumber);
	if (first === undefined) return noClaims;
	const { numbers } = picture;
	const { end } = tableIn(picture, 'claims');
	const found: PicturedClaim[] = [];
	for (let at = first; at < end && numbers[at] === siteNumber; at += widths.claims) {
		found.push({ units: numbers[at + 1] ?? 0, expiresAtMs: numbers[at + 2] ?? 0 });
	}
	return found;
}

/** A picture after some of its sites were read again. */
export function withSites(
	picture: StockPicture,
	again: StockPicture,
	sites: SiteNumbers,
	siteIds: ReadonlySet<string>,
): StockPicture {
	const replaced = new Set([...siteIds].map((siteId) => sites.numberOf(siteId)));
	const rows = (name: TableName) => [
		...rowsOf(picture, name).filter(([siteNumber = 0]) => !replaced.has(siteNumber)),
		...rowsOf(again, name),
	];
	const texts = (before: string | null, after: string | null) => {
		const all = [
			...parsedRows<readonly [string]>(before).filter(([siteId]) => !siteIds.has(siteId)),
			...parsedRows(after),
		];
		return all.length === 0 ? null : JSON.stringify(all);
	};
	return {
		sku: picture.sku,
		product: again.product,
		numbers: pictureNumbers({ positions: rows('positions'), details: rows('details'), claims: rows('claims') }),
		supply: texts(picture.supply, again.supply),
		promised: texts(picture.promised, again.promised),
	};
}

function rowsOf(picture: StockPicture, name: TableName): readonly Float64Array[] {
	const { from, end } = tableIn(picture, name);
	const width = widths[name];
	return Array.from({ length: (end - from) / width }, (_, index) =>
		picture.numbers.subarray(from + index * width, from + (index + 1) * width),
	);
}

/** Bytes that a picture takes in memory, roughly. */
export function pictureBytes({ sku, product, numbers, supply, promised }: StockPicture): number {
	return overhead + sku.length + product.length + numbers.byteLength + (supply?.length ?? 0) + (promised?.length ?? 0);
}

/** Of the objects, besides their texts and numbers. */
const overhead = 700;
