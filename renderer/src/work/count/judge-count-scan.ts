import type { ScanCode } from '../../../../shared/codes/index.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { Shelf } from '../../replica/index.ts';

/** Units of one product that somebody is counting; nothing of it is recorded yet. */
export interface Tally {
	readonly product: Product;
	/** Units scanned one by one. */
	readonly scanned: number;
	readonly lot?: string;
	readonly expiresOn?: string;
	readonly serials: readonly string[];
	/** What the books had when it was first scanned. */
	readonly shelf: Shelf;
}

export type CountVerdict =
	| { readonly kind: 'bin'; readonly bin: string }
	| { readonly kind: 'closed_bin'; readonly bin: string }
	/** Another product or bin while a number is not recorded yet. */
	| { readonly kind: 'finish_first'; readonly name: string; readonly units: number }
	| {
			readonly kind: 'first';
			readonly product: Product;
			readonly units: number;
			readonly lot?: string;
			readonly expiresOn?: string;
			readonly serial?: string;
	  }
	| { readonly kind: 'one_more'; readonly tally: Tally }
	| { readonly kind: 'other_lot'; readonly lot: string }
	| { readonly kind: 'serial_twice'; readonly serial: string }
	| { readonly kind: 'unknown_product'; readonly code: string }
	| { readonly kind: 'misread'; readonly code: string }
	| { readonly kind: 'not_goods' };

/**
 * What a scan means to somebody who counts. `product` is what the catalog has for the code; `isTyped` says that a number stands in the
 * field. Nothing that was scanned or typed is dropped: another product comes only after the number is recorded.
 */
export function judgeCountScan(
	code: ScanCode,
	product: Product | null,
	tally: Tally | null,
	isTyped: boolean,
	closedBins: readonly string[],
): CountVerdict {
	const isBusy = tally !== null && (isTyped || tally.scanned > 0);
	const finishFirst = { kind: 'finish_first', name: tally?.product.name ?? '', units: tally?.scanned ?? 0 } as const;
	if (code.kind === 'location') {
		if (closedBins.includes(code.code)) return { kind: 'closed_bin', bin: code.code };
		return isBusy ? finishFirst : { kind: 'bin', bin: code.code };
	}
	if (code.kind === 'unknown') {
		if (code.reason !== 'not_a_code' && code.reason !== 'no_product') return { kind: 'misread', code: code.text };
		return { kind: 'unknown_product', code: code.text.trim() };
	}
	if (code.kind !== 'product') return { kind: 'not_goods' };
	if (product === null) return { kind: 'unknown_product', code: code.gtins[0] ?? '' };
	const units = Math.max(1, code.quantity ?? 1);
	const { lot, serial } = code;
	const named = {
		...(lot === undefined ? {} : { lot }),
		...(code.expiry === undefined ? {} : { expiresOn: code.expiry }),
	};
	if (tally?.product.id !== product.id) {
		if (isBusy) return finishFirst;
		return {
			kind: 'first',
			product,
			units,
			...named,
			...(serial === undefined ? {} : { serial }),
		};
	}
	if (lot !== undefined && tally.lot !== undefined && lot !== tally.lot) return { kind: 'other_lot', lot };
	if (serial !== undefined && tally.serials.includes(serial)) return { kind: 'serial_twice', serial };
	return {
		kind: 'one_more',
		tally: {
			...tally,
			scanned: tally.scanned + units,
			...named,
			serials: serial === undefined ? tally.serials : [...tally.serials, serial],
		},
	};
}
