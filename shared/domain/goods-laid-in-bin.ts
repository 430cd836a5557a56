import { adjustReasons } from '../schema/adjust-operation.ts';
import type { AnyStatement } from './decision.ts';

/** Goods that are in a bin since. */
export type GoodsLaidInBin = { readonly sku: string; readonly name?: string | undefined; readonly bin: string };

/**
 * The bin in which goods were counted, found or laid by this work; undefined where it names none.
 * Goods that only leave a bin may do so from a closed one too.
 */
export function goodsLaidInBin({ type, payload }: AnyStatement): GoodsLaidInBin | undefined {
	switch (type) {
		case 'count':
			return payload.bin ? { sku: payload.sku, name: payload.name, bin: payload.bin } : undefined;
		case 'adjust':
			return payload.bin && adjustReasons[payload.reason].to === 'available'
				? { sku: payload.sku, name: payload.name, bin: payload.bin }
				: undefined;
		case 'move_between_bins':
			return { sku: payload.sku, bin: payload.toBin };
		default:
			return undefined;
	}
}
