import type { ScanCode } from '../../../../shared/codes/index.ts';
import { type ReturnProof, returnProofs } from '../../../../shared/schema/return-case.ts';

declare module '@tanstack/react-router' {
	interface HistoryState {
		/** By what the order was found whose goods come back. */
		returnProof?: ReturnProof;
	}
}

/** What a code proves about who brings the goods: a receipt or a pass that was scanned, a number that was typed, or nothing. */
export function proofOf(scan: { readonly code: ScanCode; readonly typed: boolean }): ReturnProof {
	if (scan.typed) return 'number_typed';
	return scan.code.kind === 'order' || scan.code.kind === 'pass' ? 'receipt_scanned' : 'found_by_name';
}

/** The stronger of two. */
export function betterProof(one: ReturnProof, other: ReturnProof): ReturnProof {
	return returnProofs.indexOf(one) <= returnProofs.indexOf(other) ? one : other;
}
