import { create } from 'zustand';
import type { AdjustReason } from '../../../../shared/schema/adjust-operation.ts';
import type { Product } from '../../../../shared/schema/product.ts';

/** An adjustment that somebody has begun. It stays while a manager signs in for it. */
export interface AdjustDraft {
	readonly product: Product | null;
	readonly reason: AdjustReason | null;
	readonly quantity: number | null;
	readonly bin: string;
	readonly lot: string;
	readonly serials: readonly string[];
	readonly note: string;
	/** Changes when its fields are to be blank again. */
	readonly turn: number;
}

const blank = { product: null, reason: null, quantity: null, bin: '', lot: '', serials: [], note: '' } as const;

export const useAdjustDraft = create<AdjustDraft>(() => ({ ...blank, turn: 0 }));

export function changeDraft(changes: Partial<AdjustDraft>): void {
	useAdjustDraft.setState(changes);
}

export function clearDraft(): void {
	useAdjustDraft.setState(({ turn }) => ({ ...blank, turn: turn + 1 }));
}
