import { type ProductScan, printGtin, readSscc, type ScanCode } from '../../../../shared/codes/index.ts';
import { announcedUnits, type Supply } from '../../../../shared/domain/supply.ts';
import { judgeExpiry } from '../../../../shared/domain/unit-identity.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { AnnouncedUnit } from '../../../../shared/schema/purchase-order.ts';
import type { Receipt } from '../../../../shared/schema/receipt.ts';
import type { CodeVerdict } from '../../fulfillment/code-verdict-text.ts';

/** How a product's units are told apart, and what they are called. */
export type Received = Pick<Product, 'id' | 'name' | 'tracking'>;

/** Units of a product of which something has still to be told. */
export interface PendingUnits {
	readonly product: Received;
	readonly lot: string | null;
	readonly expiresOn: string | null;
	/** Told by the code itself. */
	readonly quantity: number | null;
	readonly serial: string | null;
}

export type ReceiveVerdict =
	/** All is known: it is counted at once. */
	| { readonly kind: 'count'; readonly units: PendingUnits & { readonly quantity: number } }
	| { readonly kind: 'ask'; readonly units: PendingUnits; readonly isExpected: boolean }
	| { readonly kind: 'answer_first'; readonly name: string }
	| { readonly kind: 'serial_known'; readonly name: string; readonly serial: string }
	| { readonly kind: 'bin'; readonly bin: string }
	/** Nothing is laid into it. */
	| { readonly kind: 'closed_bin'; readonly bin: string }
	/** To be confirmed, then all of it is received. */
	| { readonly kind: 'unit'; readonly unit: AnnouncedUnit }
	| { readonly kind: 'unit_known'; readonly sscc: string; readonly isOwn: boolean }
	| { readonly kind: 'unit_of_other'; readonly sscc: string; readonly number: string }
	| { readonly kind: 'unit_to_open'; readonly sscc: string }
	| { readonly kind: 'this_delivery' }
	| { readonly kind: 'other_delivery'; readonly number: string }
	| CodeVerdict;

export interface ReceivingNow {
	/** Null for goods without paper. */
	readonly supply: Supply | null;
	/** Everything else that comes to this site, to say where a unit belongs. */
	readonly others: readonly Supply[];
	readonly receiptId: string;
	readonly receipts: readonly Receipt[];
	/** What waits for its quantity, lot or serial number. */
	readonly pending: PendingUnits | null;
	/** Each scan is one unit. */
	readonly countsByScan: boolean;
	/** Bins of this site that are not in use. */
	readonly closedBins: readonly string[];
}

export interface ReceiveScan {
	readonly code: ScanCode;
	readonly text: string;
	readonly product: Product | null;
}

/** What a scan means for somebody who takes goods in. Pure. */
export function judgeReceiveScan(now: ReceivingNow, { code, text, product }: ReceiveScan): ReceiveVerdict {
	const { pending } = now;
	if (pending !== null && pending.product.tracking === 'serial' && isSerialText(code, text))
		return judgeSerial(now, pending, text.trim());
	const sscc = readSscc(text);
	if (sscc !== null) return pending === null ? judgeUnit(now, sscc) : answerFirst(pending);
	switch (code.kind) {
		case 'product':
			return judgeProduct(now, code, product, text);
		case 'location':
			return now.closedBins.includes(code.code)
				? { kind: 'closed_bin', bin: code.code }
				: { kind: 'bin', bin: code.code };
		case 'order':
			return isNumberOf(now.supply, code.number)
				? { kind: 'this_delivery' }
				: { kind: 'other_delivery', number: code.number };
		case 'pass':
			return { kind: 'customer_pass' };
		case 'unknown':
			return isNumberOf(now.supply, text.trim())
				? { kind: 'this_delivery' }
				: { kind: 'unknown_code', code: text, reason: code.reason };
	}
}

const answerFirst = ({ product }: PendingUnits): ReceiveVerdict => ({ kind: 'answer_first', name: product.name });

const isNumberOf = (supply: Supply | null, number: string) => supply?.number.toUpperCase() === number.toUpperCase();

/** A label with nothing but a serial number looks like no code of ours. */
function isSerialText(code: ScanCode, text: string): boolean {
	return code.kind === 'unknown' && /^[\x21-\x7e]{1,20}$/.test(text.trim());
}

function judgeProduct(now: ReceivingNow, code: ProductScan, found: Product | null, text: string): ReceiveVerdict {
	const product = found ?? productOfSupply(now.supply, code);
	if (product === null) return { kind: 'unknown_product', code: printGtin(code.gtins[0] ?? text) };
	const { pending } = now;
	if (pending !== null && pending.product.id !== product.id) return answerFirst(pending);
	const units: PendingUnits = {
		product: { id: product.id, name: product.name, tracking: product.tracking },
		lot: code.lot ?? pending?.lot ?? null,
		expiresOn: code.expiry ?? pending?.expiresOn ?? null,
		quantity: rightQuantity(code.quantity),
		serial: code.serial ?? null,
	};
	if (product.tracking === 'serial')
		return units.serial === null
			? { kind: 'ask', units, isExpected: isExpected(now.supply, product.id) }
			: judgeSerial(now, units, units.serial);
	// Asked already: the same code again tells nothing new, unless it carries what is missing.
	const quantity = units.quantity ?? (now.countsByScan ? 1 : null);
	const isLotKnown = product.tracking !== 'lot' || units.lot !== null;
	if (quantity !== null && isLotKnown) return { kind: 'count', units: { ...units, quantity } };
	return { kind: 'ask', units, isExpected: isExpected(now.supply, product.id) };
}

function rightQuantity(quantity: number | undefined): number | null {
	const isRight = quantity !== undefined && Number.isSafeInteger(quantity) && quantity > 0 && quantity <= 100_000;
	return isRight ? quantity : null;
}

/** One unit with a serial number is one unit, and comes once. */
export function judgeSerial(now: ReceivingNow, units: PendingUnits, serial: string): ReceiveVerdict {
	const { id, name } = units.product;
	const isKnown = now.receipts.some(({ lines }) =>
		lines.some((line) => line.sku === id && line.notCounted === undefined && (line.serials ?? []).includes(serial)),
	);
	if (isKnown) return { kind: 'serial_known', name, serial };
	return { kind: 'count', units: { ...units, serial, quantity: 1 } };
}

function judgeUnit(now: ReceivingNow, sscc: string): ReceiveVerdict {
	const unit = now.supply && announcedUnits(now.supply).find((each) => each.sscc === sscc);
	if (unit?.receiptId !== undefined) return { kind: 'unit_known', sscc, isOwn: unit.receiptId === now.receiptId };
	const isCounted = now.receipts.some(({ lines }) =>
		lines.some((line) => line.sscc === sscc && line.notCounted === undefined),
	);
	if (isCounted) return { kind: 'unit_known', sscc, isOwn: false };
	if (unit) return { kind: 'unit', unit };
	const other = now.others.find((each) => announcedUnits(each).some((announced) => announced.sscc === sscc));
	return other === undefined ? { kind: 'unit_to_open', sscc } : { kind: 'unit_of_other', sscc, number: other.number };
}

/** What the order itself knows of a product that the catalog here does not have. */
function productOfSupply(supply: Supply | null, { gtins }: ProductScan): Received | null {
	const line = supply?.lines.find((each) => each.gtins.some((gtin) => gtins.includes(gtin)));
	return line === undefined ? null : { id: line.sku, name: line.name, tracking: 'none' };
}

function isExpected(supply: Supply | null, sku: string): boolean {
	return supply === null || supply.lines.some((line) => line.sku === sku);
}

/** Whether an announced unit can be received unopened: each of its units has the lot or the serial number that it needs. */
export function isFullyTold({ lines }: AnnouncedUnit, products: ReadonlyMap<string, Received>): boolean {
	return lines.every(({ sku, quantity, lot, serials }) => {
		const tracking = products.get(sku)?.tracking ?? 'none';
		if (tracking === 'lot') return lot !== undefined;
		return tracking === 'none' || serials?.length === quantity;
	});
}

/** Whether units of this lot may be sold on a day of the site. */
export function isExpired(expiresOn: string | null | undefined, today: string): boolean {
	return judgeExpiry(expiresOn, today) === 'expired';
}
