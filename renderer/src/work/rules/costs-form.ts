import type { ParcelZone, RoutingWeights } from '../../../../shared/schema/routing-rules.ts';
import { amountText, type FormProblems, fieldReader, wholeText } from './field-reader.ts';

/** One distance zone as it is typed. */
export interface ZoneForm {
	/** Of this form alone, for as long as it is open. */
	readonly key: string;
	/** Blank in the last zone, which has no end. */
	readonly upToKm: string;
	readonly parcel: string;
	readonly unit: string;
	readonly kilogram: string;
}

/** The single costs, in the order in which they are shown. */
export const costFields = [
	'handlingMinor.store',
	'handlingMinor.warehouse',
	'handlingMinor.supplier',
	'hundredKmMinor',
	'splitMinor',
	'unfilledMinor',
	'lateDayMinor',
	'fallbackMinor',
	'coverMinor',
	'agingMinor',
	'doubtMinor',
] as const;
export type CostField = (typeof costFields)[number];
export const weekFields = ['coverWeeks', 'agingWeeks'] as const;
export type WeekField = (typeof weekFields)[number];

/** What routing weighs, as it is typed. */
export interface CostsForm {
	readonly currency: string;
	readonly zones: readonly ZoneForm[];
	readonly costs: Readonly<Record<CostField, string>>;
	readonly weeks: Readonly<Record<WeekField, string>>;
}

export type ReadCosts =
	| { readonly ok: true; readonly weights: RoutingWeights }
	| { readonly ok: false; readonly problems: FormProblems };

const mostCostMinor = 10_000_000;
/** Half around the Earth, and a little. */
const mostKm = 20_100;
const mostWeeks: Readonly<Record<WeekField, number>> = { coverWeeks: 104, agingWeeks: 1040 };

export function costsForm(weights: RoutingWeights): CostsForm {
	const { currency, handlingMinor } = weights;
	const text = (minor: number) => amountText(minor, currency);
	return {
		currency,
		zones: weights.zones.map(({ upToKm, parcelMinor, unitMinor, kilogramMinor }, index) => ({
			key: String(index),
			upToKm: wholeText(upToKm),
			parcel: text(parcelMinor),
			unit: text(unitMinor),
			kilogram: text(kilogramMinor),
		})),
		costs: {
			'handlingMinor.store': text(handlingMinor.store),
			'handlingMinor.warehouse': text(handlingMinor.warehouse),
			'handlingMinor.supplier': text(handlingMinor.supplier),
			hundredKmMinor: text(weights.hundredKmMinor),
			splitMinor: text(weights.splitMinor),
			unfilledMinor: text(weights.unfilledMinor),
			lateDayMinor: text(weights.lateDayMinor),
			fallbackMinor: text(weights.fallbackMinor),
			coverMinor: text(weights.coverMinor),
			agingMinor: text(weights.agingMinor),
			doubtMinor: text(weights.doubtMinor),
		},
		weeks: { coverWeeks: wholeText(weights.coverWeeks), agingWeeks: wholeText(weights.agingWeeks) },
	};
}

/** Reads the form: the weights, or what is wrong, by names such as splitMinor and zones.0.parcel. Every field is needed. */
export function readCostsForm(form: CostsForm): ReadCosts {
	const reader = fieldReader();
	const currency = form.currency.trim().toUpperCase();
	if (!/^[A-Z]{3}$/.test(currency)) reader.say('currency', 'not_a_currency');
	const amount = (field: string, text: string): number => {
		if (text.trim() === '') reader.say(field, 'missing');
		return reader.amount(field, text, currency, mostCostMinor) ?? 0;
	};
	const cost = (field: CostField) => amount(field, form.costs[field]);
	const weeks = (field: WeekField): number => {
		if (form.weeks[field].trim() === '') reader.say(field, 'missing');
		const read = reader.whole(field, form.weeks[field], mostWeeks[field]) ?? 0;
		// What ages at once would be all stock.
		if (field === 'agingWeeks' && /^0+$/.test(form.weeks[field].trim())) reader.say(field, 'not_whole');
		return read;
	};
	let before = 0;
	const zones = form.zones.map((zone, index): ParcelZone => {
		const at = `zones.${index}`;
		const isLast = index === form.zones.length - 1;
		const upToKm = isLast ? undefined : reader.whole(`${at}.upToKm`, zone.upToKm, mostKm);
		if (!isLast && zone.upToKm.trim() === '') reader.say(`${at}.upToKm`, 'missing');
		if (upToKm !== undefined && upToKm <= before) reader.say(`${at}.upToKm`, 'not_farther');
		before = upToKm ?? before;
		return {
			...(upToKm === undefined ? {} : { upToKm }),
			parcelMinor: amount(`${at}.parcel`, zone.parcel),
			unitMinor: amount(`${at}.unit`, zone.unit),
			kilogramMinor: amount(`${at}.kilogram`, zone.kilogram),
		};
	});
	const weights: RoutingWeights = {
		currency,
		zones,
		handlingMinor: {
			store: cost('handlingMinor.store'),
			warehouse: cost('handlingMinor.warehouse'),
			supplier: cost('handlingMinor.supplier'),
		},
		hundredKmMinor: cost('hundredKmMinor'),
		splitMinor: cost('splitMinor'),
		unfilledMinor: cost('unfilledMinor'),
		lateDayMinor: cost('lateDayMinor'),
		fallbackMinor: cost('fallbackMinor'),
		coverWeeks: weeks('coverWeeks'),
		coverMinor: cost('coverMinor'),
		agingWeeks: weeks('agingWeeks'),
		agingMinor: cost('agingMinor'),
		doubtMinor: cost('doubtMinor'),
	};
	return Object.keys(reader.problems).length > 0 ? { ok: false, problems: reader.problems } : { ok: true, weights };
}

/** A zone more before the last one, with the last one's costs and no end yet. */
export function withZone(form: CostsForm, key: string): CostsForm {
	const last = form.zones.at(-1);
	return last === undefined ? form : { ...form, zones: form.zones.toSpliced(-1, 0, { ...last, key, upToKm: '' }) };
}

/** A zone less; the last one that is then there has no end. */
export function withoutZone(form: CostsForm, key: string): CostsForm {
	const zones = form.zones.filter((zone) => zone.key !== key);
	return {
		...form,
		zones: zones.map((zone, index) => (index === zones.length - 1 ? { ...zone, upToKm: '' } : zone)),
	};
}
