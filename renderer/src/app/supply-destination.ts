import { readSscc } from '../../../shared/codes/index.ts';
import { announcedUnits, isSupplyClosed, type Supply } from '../../../shared/domain/supply.ts';

/** Where the number of a purchase order or transfer leads, or the SSCC of one of its logistic units; null where nothing here has it. */
export function supplyDestination(text: string, supplies: readonly Supply[], siteId: string): string | null {
	const number = text.trim().toUpperCase().replace(/^ORD-/, '');
	const sscc = readSscc(text);
	const found =
		supplies.find((supply) => supply.number.toUpperCase() === number) ??
		supplies.find((supply) => sscc !== null && announcedUnits(supply).some((unit) => unit.sscc === sscc));
	if (found === undefined) return null;
	const id = encodeURIComponent(found.id);
	if (found.kind === 'purchase_order') return `/receive/${id}`;
	const isComing = found.toSiteId === siteId && (found.state === 'in_transit' || isSupplyClosed(found));
	return isComing ? `/receive/${id}` : `/transfer/${id}`;
}
