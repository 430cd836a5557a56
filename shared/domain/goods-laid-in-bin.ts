import { adjustReasons } from '../schema/adjust-operation.ts';
import type { AnyStatement } from './decision.ts';

/** Goods that are in a bin since. */
export type GoodsLaidInBin = { readonly sku: string; readonly name?: string | undefined; readonly bin: string };

/**
 * The bins in which goods were counted, found or laid by this work; none where it names none.
 * Goods that only leave a bin may do so from a closed one too.
 */
export function goodsLaidInBins({ type, payload }: AnyStatement): readonly GoodsLaidInBin[] {
	switch (type) {
		case 'count':
			return payload.bin ? [{ sku: payload.sku, name: payload.name, bin: payload.bin }] : [];
		case 'adjust':
			return payload.bin && adjustReasons[payload.reason].to === 'available'
				? [{ sku: payload.sku, name: payload.name, bin: payload.bin }]
				: [];
		case 'move_between_bins':
			return [{ sku: payload.sku, bin: payload.toBin }];
		case 'receive':
			return payload.lines.flatMap(({ sku, name, bin }) => (bin === undefined ? [] : [{ sku, name, bin }]));
		case 'put_back_transfer':
			return payload.bin === undefined ? [] : [{ sku: payload.sku, bin: payload.bin }];
		default:
			return [];
	}
}
