import { mayAdjust } from '../../../../shared/domain/stock-limits.ts';
import { serialFault } from '../../../../shared/domain/unit-identity.ts';
import { type AdjustReason, adjustReasons } from '../../../../shared/schema/adjust-operation.ts';
import type { Role } from '../../../../shared/schema/associate.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { Shelf } from '../../replica/index.ts';

export interface WishedAdjustment {
	readonly product: Product;
	readonly shelf: Shelf;
	readonly reason: AdjustReason;
	readonly quantity: number;
	readonly bin: string;
	readonly lot: string;
	readonly serials: readonly string[];
}

export type AdjustVerdict =
	| { readonly kind: 'may' }
	/** More than the books have there: they would go below zero without anybody having counted. */
	| { readonly kind: 'more_than_books'; readonly held: number }
	| { readonly kind: 'needs_manager' }
	| { readonly kind: 'closed_bin'; readonly bin: string }
	| { readonly kind: 'lot_missing' }
	| { readonly kind: 'serials'; readonly count: number };

/** Whether somebody with these roles may adjust this now, before anything is recorded. */
export function judgeAdjustment(
	wished: WishedAdjustment,
	roles: readonly Role[],
	closedBins: readonly string[],
): AdjustVerdict {
	const { product, shelf, reason, quantity, bin, lot, serials } = wished;
	const { from, to } = adjustReasons[reason];
	if (to === 'available' && closedBins.includes(bin === '' ? shelf.bin : bin))
		return { kind: 'closed_bin', bin: bin === '' ? shelf.bin : bin };
	const held =
		from === 'available' ? shelf.units : from === 'quarantine' || from === 'damaged' ? shelf.inBuckets[from] : null;
	if (held !== null && quantity > held) return { kind: 'more_than_books', held: Math.max(0, held) };
	if (product.tracking === 'lot' && lot === '') return { kind: 'lot_missing' };
	if (product.tracking === 'serial' && serialFault(serials, quantity) !== null)
		return { kind: 'serials', count: serials.length };
	return mayAdjust(roles, quantity, product.price) ? { kind: 'may' } : { kind: 'needs_manager' };
}
