import type { Money } from '../../../shared/money.ts';
import type { Address } from '../../../shared/schema/order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import de from './words/de.ts';
import en, { type DocumentWords } from './words/en.ts';
import es from './words/es.ts';

const catalogs: Readonly<Record<string, DocumentWords>> = { en, de, es };

/** Writes what stands on paper, in one language and one time zone. */
export interface DocumentText {
	readonly word: (name: keyof DocumentWords, values?: Readonly<Record<string, string | number>>) => string;
	readonly count: (value: number) => string;
	readonly money: (money: Money) => string;
	readonly weight: (grams: number) => string;
	/** An instant as day and time of the site. */
	readonly time: (instant: string) => string;
	readonly address: (address: Address) => readonly string[];
}

/**
 * `language` is BCP 47; one without a catalog of its own gets English words. Time zone and the way to write numbers and dates are those of the
 * site's country, where the paper is read.
 */
export function documentText(language: string, site: Pick<Site, 'timeZone' | 'country'>): DocumentText {
	const { timeZone, country } = site;
	const words = catalogs[new Intl.Locale(language).language] ?? en;
	const locale = new Intl.Locale(language, { region: country });
	const time = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
	const count = new Intl.NumberFormat(locale);
	const countries = new Intl.DisplayNames(locale, { type: 'region' });
	return {
		word: (name, values = {}) =>
			words[name].replace(/\{\{(\w+)\}\}/g, (hole, key: string) => String(values[key] ?? hole)),
		count: (value) => count.format(value),
		money: ({ minor, currency }) => {
			const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
			return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
		},
		weight: (grams) => {
			const [value, unit] = grams < 1000 ? [grams, 'gram'] : [grams / 1000, 'kilogram'];
			return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 3 }).format(value);
		},
		time: (instant) => time.format(Temporal.Instant.from(instant).epochMilliseconds),
		address: ({ line1, town, postalCode, country: code }) => [
			line1,
			`${postalCode} ${town}`,
			countries.of(code) ?? code,
		],
	};
}
