import type { TFunction } from 'i18next';
import type { UnknownScanReason } from '../../../shared/codes/index.ts';
import type { Verdict } from '../ui/index.ts';

/** A scan that says nothing about the FO's goods, wherever its units are worked on. */
export type CodeVerdict =
	| { readonly kind: 'unknown_product'; readonly code: string }
	| { readonly kind: 'unknown_code'; readonly code: string; readonly reason: UnknownScanReason }
	| { readonly kind: 'customer_pass' };

/** What is seen and heard of such a scan. */
export function codeVerdictText(verdict: CodeVerdict, t: TFunction<'fulfillment'>): Verdict {
	switch (verdict.kind) {
		case 'unknown_product': {
			const detail = t('fulfillment:said.unknownProductDetail', { code: verdict.code });
			return { kind: 'wrong', title: t('fulfillment:said.unknownProduct'), detail };
		}
		case 'unknown_code': {
			const reason = t(`fulfillment:unknownReason.${verdict.reason}`);
			const detail = t('fulfillment:said.unknownCodeDetail', { code: shownCode(verdict.code), reason });
			return { kind: 'wrong', title: t('fulfillment:said.unknownCode'), detail };
		}
		case 'customer_pass': {
			const detail = t('fulfillment:said.customerPassDetail');
			return { kind: 'attention', title: t('fulfillment:said.customerPass'), detail };
		}
	}
}

// A misread can be long, and hold what no screen can show.
function shownCode(code: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
	const printable = code.replace(/[\u0000-\u001f\u007f]+/g, '·').trim();
	return printable.length > 40 ? `${printable.slice(0, 40)}…` : printable;
}
