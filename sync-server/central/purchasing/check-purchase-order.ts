import { isDeepStrictEqual } from 'node:util';
import { hasRightCheckDigit } from '../../../shared/codes/index.ts';
import { isPlainDate } from '../../../shared/domain/unit-identity.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { PurchaseOrderCapture } from '../../../shared/schema/purchase-order.ts';
import type { Site } from '../../../shared/schema/site.ts';

/** Why a purchase order is not taken, in words: what, where in it, and what to do. */
export interface PurchaseFault {
	readonly error:
		| 'unreadable_text'
		| 'unknown_supplier'
		| 'not_a_supplier'
		| 'unknown_site'
		| 'not_a_receiving_site'
		| 'unknown_sku'
		| 'duplicate_line'
		| 'no_such_date'
		| 'wrong_check_digit'
		| 'announced_twice'
		| 'not_ordered'
		| 'conflict'
		| 'already_closed';
	readonly message: string;
	readonly where: string;
	readonly whatToDo?: string;
}

/** What a purchase order may speak of. */
export interface PurchaseCatalog {
	readonly products: ReadonlyMap<string, Product>;
	readonly sites: ReadonlyMap<string, Site>;
}

/** The first thing that is wrong with a purchase order that fits its schema. Days that have passed are allowed: it is overdue then. */
export function purchaseFault(capture: PurchaseOrderCapture, catalog: PurchaseCatalog): PurchaseFault | undefined {
	const unreadable = textFault(capture);
	if (unreadable !== undefined) return unreadable;
	const supplier = catalog.sites.get(capture.supplierId);
	if (supplier === undefined)
		return fault('unknown_supplier', `There is no supplier "${capture.supplierId}".`, '/supplierId');
	if (!supplier.capabilities.includes('supply')) {
		const whatToDo = 'Name a site that has the capability "supply"; goods from a store or warehouse are a transfer.';
		return {
			...fault('not_a_supplier', `${supplier.name} (${supplier.id}) takes no purchase orders.`, '/supplierId'),
			whatToDo,
		};
	}
	const site = catalog.sites.get(capture.siteId);
	if (site === undefined) return fault('unknown_site', `There is no site "${capture.siteId}".`, '/siteId');
	if (site.kind === 'supplier') {
		return fault(
			'not_a_receiving_site',
			`${site.name} (${site.id}) is a supplier: nothing is received there.`,
			'/siteId',
		);
	}
	const seen = new Set<string>();
	for (const [index, { sku }] of capture.lines.entries()) {
		const where = `/lines/${index}/sku`;
		if (!catalog.products.has(sku)) return fault('unknown_sku', `There is no product "${sku}".`, where);
		if (seen.has(sku)) {
			return {
				...fault('duplicate_line', `"${sku}" is ordered twice.`, where),
				whatToDo: 'Put its units on one line.',
			};
		}
		seen.add(sku);
	}
	if (capture.orderedAt !== undefined && !isInstant(capture.orderedAt)) {
		return fault('no_such_date', `${capture.orderedAt} is not a point in time.`, '/orderedAt');
	}
	return dateFault(capture.expectedOn, '/expectedOn') ?? announcementFault(capture.announced ?? [], seen);
}

/** The first thing that is wrong with what a supplier announces for an order of these SKUs. */
export function announcementFault(
	announced: NonNullable<PurchaseOrderCapture['announced']>,
	ordered: ReadonlySet<string>,
): PurchaseFault | undefined {
	const ssccs = new Set<string>();
	for (const [index, { sscc, lines }] of announced.entries()) {
		const where = `/announced/${index}`;
		if (!hasRightCheckDigit(sscc)) {
			return fault('wrong_check_digit', `The check digit of the SSCC ${sscc} is wrong.`, `${where}/sscc`);
		}
		if (ssccs.has(sscc)) return fault('announced_twice', `The SSCC ${sscc} is announced twice.`, `${where}/sscc`);
		ssccs.add(sscc);
		for (const [at, { sku, expiresOn }] of lines.entries()) {
			if (!ordered.has(sku)) {
				return fault('not_ordered', `"${sku}" is announced, but no line orders it.`, `${where}/lines/${at}/sku`);
			}
			const wrong = expiresOn === undefined ? undefined : dateFault(expiresOn, `${where}/lines/${at}/expiresOn`);
			if (wrong !== undefined) return wrong;
		}
	}
	return undefined;
}

function isInstant(text: string): boolean {
	try {
		const { year } = Temporal.Instant.from(text).toZonedDateTimeISO('UTC');
		return year >= 2000 && year < 2200;
	} catch {
		return false;
	}
}

export function dateFault(text: string, where: string): PurchaseFault | undefined {
	const isPlausible = isPlainDate(text) && text >= '2000-01-01' && text < '2200-01-01';
	return isPlausible ? undefined : fault('no_such_date', `${text} is not a day of the calendar.`, where);
}

const fault = (error: PurchaseFault['error'], message: string, where: string): PurchaseFault => ({
	error,
	message,
	where,
});

function textFault(value: unknown, path = ''): PurchaseFault | undefined {
	if (typeof value === 'string') {
		const isReadable = !value.includes('\0') && value.isWellFormed();
		return isReadable ? undefined : fault('unreadable_text', `${path} has text that can't be stored.`, path);
	}
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const found = textFault(inner, `${path}/${key}`);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Whether two captures say the same, in any order of their fields. */
export function isSamePurchase(a: PurchaseOrderCapture, b: PurchaseOrderCapture): boolean {
	return isDeepStrictEqual(plain(a), plain(b));
}

function plain(capture: PurchaseOrderCapture): unknown {
	const orderedAt = capture.orderedAt && Temporal.Instant.from(capture.orderedAt).toString();
	return JSON.parse(JSON.stringify({ ...capture, orderedAt, announced: capture.announced ?? [] }));
}
