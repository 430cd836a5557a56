import type { Product } from '../schema/product.ts';
import type { UnitIdentity } from '../schema/stock-position.ts';

/** Units of one lot, and the last day on which they may be sold or used; null where nobody has said it. */
export interface LotUnits {
	readonly lot: string;
	readonly expiresOn: string | null;
	readonly units: number;
}

export type ExpiryJudgment = 'unknown' | 'good' | 'expires_soon' | 'expired';

/** Why an identity does not fit its units. */
export type IdentityFault =
	| 'lot_missing'
	| 'expired'
	| 'no_such_date'
	| 'serials_missing'
	| 'too_few_serials'
	| 'too_many_serials'
	| 'serial_twice';

/** Whether a text is a day of the calendar, for instance 2028-02-29. */
export function isPlainDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const [year, month, day] = text.split('-').map(Number);
	const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
	date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
	return date.toISOString().startsWith(`${text}T`);
}

/** What an expiry date means on a day; the date itself is the last good day. Days are ISO dates of the site. */
export function judgeExpiry(expiresOn: string | null | undefined, on: string, soonDays = 7): ExpiryJudgment {
	if (expiresOn === undefined || expiresOn === null) return 'unknown';
	if (expiresOn < on) return 'expired';
	return expiresOn <= Temporal.PlainDate.from(on).add({ days: soonDays }).toString() ? 'expires_soon' : 'good';
}

/**
 * The order in which lots go out: first expired, first out (FEFO). Those without a date come after those with one, and those that have
 * expired before `on` last of all: a careful hand leaves them. Equal ones go by their code, so that everybody chooses the same.
 */
export function compareLots(a: LotUnits, b: LotUnits, on?: string): number {
	const rank = ({ expiresOn }: LotUnits) =>
		expiresOn === null ? 1 : on !== undefined && judgeExpiry(expiresOn, on) === 'expired' ? 2 : 0;
	return rank(a) - rank(b) || compareTexts(a.expiresOn ?? '', b.expiresOn ?? '') || compareTexts(a.lot, b.lot);
}

/** Where the units of one lot are taken from, or how many of those asked for no lot has. */
export interface LotChoice {
	readonly chosen: readonly { readonly lot: string; readonly units: number }[];
	readonly missing: number;
}

/** Takes units from lots in the order of `compareLots`; what none of them has is missing. Lots below zero have nothing. */
export function chooseLots(lots: readonly LotUnits[], quantity: number, on?: string): LotChoice {
	const chosen: { lot: string; units: number }[] = [];
	let missing = quantity;
	for (const { lot, units } of [...lots].sort((a, b) => compareLots(a, b, on))) {
		const taken = Math.min(missing, units);
		if (taken <= 0) continue;
		chosen.push({ lot, units: taken });
		missing -= taken;
	}
	return { chosen, missing };
}

/** Whether a list of serial numbers names each of the units, and each once. */
export function serialFault(serials: readonly string[] | undefined, quantity: number): IdentityFault | null {
	if (serials === undefined || serials.length === 0) return 'serials_missing';
	if (new Set(serials).size < serials.length) return 'serial_twice';
	if (serials.length < quantity) return 'too_few_serials';
	return serials.length > quantity ? 'too_many_serials' : null;
}

/** What keeps units of a product from being taken in as they are named, on a day of the site; null when nothing does. */
export function identityFault(
	tracking: Product['tracking'],
	quantity: number,
	{ lot, expiresOn, serials }: UnitIdentity,
	on: string,
): IdentityFault | null {
	if (expiresOn !== undefined && !isPlainDate(expiresOn)) return 'no_such_date';
	if (tracking === 'lot' && lot === undefined) return 'lot_missing';
	const ofSerials = tracking === 'serial' || serials !== undefined ? serialFault(serials, quantity) : null;
	return ofSerials ?? (judgeExpiry(expiresOn, on) === 'expired' ? 'expired' : null);
}

const compareTexts = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
