import type { ScanCode } from '../../../../shared/codes/index.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { type Shelf, unitsInBin } from '../../replica/index.ts';

/** Units in somebody's hands, and where they were taken. */
export interface InHand {
	readonly product: Product;
	readonly fromBin: string;
	readonly quantity: number;
	/** What the books had there. */
	readonly held: number;
	readonly lot?: string;
	readonly serials: readonly string[];
}

export interface MoveState {
	/** Where units are being taken; null before the first bin is scanned, and while the next one is to be another bin to take from. */
	readonly fromBin: string | null;
	readonly hand: readonly InHand[];
}

export type MoveVerdict =
	| { readonly kind: 'from'; readonly bin: string }
	| { readonly kind: 'put_down'; readonly bin: string }
	| { readonly kind: 'same_bin'; readonly bin: string }
	| { readonly kind: 'closed_bin'; readonly bin: string }
	| { readonly kind: 'taken'; readonly hand: readonly InHand[]; readonly line: InHand }
	| { readonly kind: 'more_than_books'; readonly held: number; readonly bin: string }
	| { readonly kind: 'no_bin' }
	| { readonly kind: 'lot_missing' }
	| { readonly kind: 'serial_missing' }
	| { readonly kind: 'serial_twice'; readonly serial: string }
	| { readonly kind: 'unknown' };

/** What the scan of a bin means: where to take from while the hands are empty, else where everything is laid down. */
export function judgeBinScan({ fromBin, hand }: MoveState, bin: string, closedBins: readonly string[]): MoveVerdict {
	if (hand.length === 0 || fromBin === null) return { kind: 'from', bin };
	if (closedBins.includes(bin)) return { kind: 'closed_bin', bin };
	return hand.some((line) => line.fromBin === bin) ? { kind: 'same_bin', bin } : { kind: 'put_down', bin };
}

/** What the scan of a product means: one more of it is taken from the bin, or `quantity` units where that was typed. */
export function judgeTake(
	{ fromBin, hand }: MoveState,
	code: Extract<ScanCode, { kind: 'product' }>,
	product: Product | null,
	shelf: Shelf | null,
): MoveVerdict {
	if (product === null || shelf === null) return { kind: 'unknown' };
	const bin = fromBin ?? shelf.bin;
	if (bin === '') return { kind: 'no_bin' };
	const { lot, serial } = code;
	if (product.tracking === 'lot' && lot === undefined) return { kind: 'lot_missing' };
	if (product.tracking === 'serial' && serial === undefined) return { kind: 'serial_missing' };
	if (serial !== undefined && hand.some(({ serials }) => serials.includes(serial)))
		return { kind: 'serial_twice', serial };
	const isSame = (line: InHand) => line.product.id === product.id && line.fromBin === bin && line.lot === lot;
	const before = hand.find(isSame);
	const line: InHand = {
		product,
		fromBin: bin,
		quantity: (before?.quantity ?? 0) + Math.max(1, code.quantity ?? 1),
		held: unitsInBin(shelf, bin),
		...(lot === undefined ? {} : { lot }),
		serials: [...(before?.serials ?? []), ...(serial === undefined ? [] : [serial])],
	};
	if (line.quantity > line.held) return { kind: 'more_than_books', held: Math.max(0, line.held), bin };
	return { kind: 'taken', line, hand: [...hand.filter((each) => !isSame(each)), line] };
}

/** The last line with another number of units. Serial numbers are scanned, not typed. */
export function judgeTyped({ hand }: MoveState, quantity: number): MoveVerdict {
	const last = hand.at(-1);
	if (last === undefined) return { kind: 'unknown' };
	if (last.product.tracking === 'serial') return { kind: 'serial_missing' };
	if (quantity > last.held) return { kind: 'more_than_books', held: Math.max(0, last.held), bin: last.fromBin };
	const line = { ...last, quantity };
	return { kind: 'taken', line, hand: [...hand.slice(0, -1), line] };
}
