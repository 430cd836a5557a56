import { type ProductScan, printGtin, type ScanCode } from '../../../../shared/codes/index.ts';
import { emptyTransferLine, isSupplyClosed, isSupplyStopped } from '../../../../shared/domain/supply.ts';
import { inHand } from '../../../../shared/domain/transfer-units.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { Transfer, TransferLine } from '../../../../shared/schema/transfer.ts';
import type { CodeVerdict } from '../../fulfillment/code-verdict-text.ts';
import { linesOfProduct, unitsInScan } from '../../fulfillment/lines-of-product.ts';
import { scannedIdentity } from '../../fulfillment/scanned-identity.ts';
import { unitsToPick } from './transfer-work.ts';

/** What one scan means for somebody who gets goods ready for another site. Counts are as they will be once it is saved. */
export type TransferVerdict =
	| {
			readonly kind: 'picked';
			readonly name: string;
			readonly units: number;
			readonly moreOfLine: number;
			readonly moreOfTransfer: number;
			readonly payload: PayloadOf<'pick_transfer'>;
	  }
	/** Of a transfer that nobody asked for: any product may go along. */
	| {
			readonly kind: 'taken';
			readonly name: string;
			readonly units: number;
			readonly inHand: number;
			readonly payload: PayloadOf<'pick_transfer'>;
	  }
	| {
			readonly kind: 'put_back';
			readonly name: string;
			readonly more: number;
			readonly payload: PayloadOf<'put_back_transfer'>;
	  }
	| { readonly kind: 'enough'; readonly name: string }
	| { readonly kind: 'too_many'; readonly name: string; readonly units: number; readonly needed: number }
	| { readonly kind: 'not_wanted'; readonly name: string }
	| { readonly kind: 'serial_needed'; readonly name: string }
	| { readonly kind: 'serial_known'; readonly name: string; readonly serial: string }
	| { readonly kind: 'has_left' }
	| { readonly kind: 'bin'; readonly bin: string }
	| { readonly kind: 'this_transfer' }
	| { readonly kind: 'other_number'; readonly number: string }
	| CodeVerdict;

export interface TransferScan {
	readonly code: ScanCode;
	readonly text: string;
	readonly product: Product | null;
}

/** Pure. The same scan twice is two units, because the transfer of the second call already holds the first. */
export function judgeTransferScan(transfer: Transfer, { code, text, product }: TransferScan): TransferVerdict {
	switch (code.kind) {
		case 'product':
			return judgeProduct(transfer, code, product, text);
		case 'location':
			return { kind: 'bin', bin: code.code };
		case 'order':
			return code.number.toUpperCase() === transfer.number.toUpperCase()
				? { kind: 'this_transfer' }
				: { kind: 'other_number', number: code.number };
		case 'pass':
			return { kind: 'customer_pass' };
		case 'unknown':
			return text.trim().toUpperCase() === transfer.number.toUpperCase()
				? { kind: 'this_transfer' }
				: { kind: 'unknown_code', code: text, reason: code.reason };
	}
}

function judgeProduct(transfer: Transfer, code: ProductScan, product: Product | null, text: string): TransferVerdict {
	const isGiven = transfer.unasked === true && !isSupplyStopped(transfer);
	const [known] = linesOfProduct(transfer.lines, code, product);
	const line =
		known ?? (isGiven && product !== null ? emptyTransferLine({ sku: product.id, name: product.name }) : undefined);
	if (line === undefined)
		return product === null
			? { kind: 'unknown_product', code: printGtin(code.gtins[0] ?? text) }
			: { kind: 'not_wanted', name: product.name };
	const { name, sku } = line;
	const isSerial = product?.tracking === 'serial';
	if (isSerial && code.serial === undefined) return { kind: 'serial_needed', name };
	const units = isSerial ? 1 : unitsInScan(code);
	const identity = scannedIdentity(code, units);
	if (isSupplyStopped(transfer)) {
		const held = inHand(line);
		if (held <= 0) return { kind: 'enough', name };
		if (units > held) return { kind: 'too_many', name, units, needed: held };
		const payload = { transferId: transfer.id, sku, quantity: units, ...identity };
		return { kind: 'put_back', name, more: unitsHeld(transfer.lines) - units, payload };
	}
	if (transfer.state === 'in_transit' || isSupplyClosed(transfer)) return { kind: 'has_left' };
	const serial = identity.serials?.[0];
	const isInHand = (transfer.inHand ?? []).some(
		(each) => each.sku === sku && serial !== undefined && (each.serials ?? []).includes(serial),
	);
	if (isInHand && serial !== undefined) return { kind: 'serial_known', name, serial };
	if (isGiven) return takenUnits(transfer, line, product, units, { ...identity, scannedCode: text.slice(0, 200) });
	const needed = unitsToPick(line);
	if (needed === 0) return { kind: 'enough', name };
	if (units > needed) return { kind: 'too_many', name, units, needed };
	return pickedUnits(transfer, line, units, { ...identity, scannedCode: text.slice(0, 200) });
}

/** Units of any product that go along, by scan or by a typed number. */
export function takenUnits(
	transfer: Transfer,
	line: TransferLine,
	product: Product | null,
	units: number,
	rest: Omit<PayloadOf<'pick_transfer'>, 'transferId' | 'sku' | 'quantity'> = {},
): Extract<TransferVerdict, { kind: 'taken' }> {
	const { sku, name } = line;
	const called = product === null ? {} : { name, gtins: [product.gtin, ...product.otherGtins] };
	return {
		kind: 'taken',
		name,
		units,
		inHand: Math.max(0, inHand(line)) + units,
		payload: { transferId: transfer.id, sku, quantity: units, ...called, ...rest },
	};
}

/** Units of a line that were picked, by scan or by a typed number. */
export function pickedUnits(
	transfer: Transfer,
	line: TransferLine,
	units: number,
	rest: Omit<PayloadOf<'pick_transfer'>, 'transferId' | 'sku' | 'quantity'> = {},
): Extract<TransferVerdict, { kind: 'picked' }> {
	const toPick = transfer.lines.reduce((sum, each) => sum + unitsToPick(each), 0);
	return {
		kind: 'picked',
		name: line.name,
		units,
		moreOfLine: unitsToPick(line) - units,
		moreOfTransfer: toPick - units,
		payload: { transferId: transfer.id, sku: line.sku, quantity: units, ...rest },
	};
}

const unitsHeld = (lines: readonly TransferLine[]) => lines.reduce((sum, line) => sum + Math.max(0, inHand(line)), 0);
