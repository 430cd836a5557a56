import type { TFunction } from 'i18next';
import { codeVerdictText } from '../../fulfillment/code-verdict-text.ts';
import type { Verdict } from '../../ui/index.ts';
import type { ProductProgress } from './expected-units.ts';
import type { ReceiveVerdict } from './judge-receive-scan.ts';

/** What is seen and heard of a scan that counts nothing yet. */
export function receiveVerdictText(
	verdict: Exclude<ReceiveVerdict, { kind: 'count' | 'unit' }>,
	t: TFunction<'receive'>,
): Verdict {
	switch (verdict.kind) {
		case 'ask': {
			const { product } = verdict.units;
			const title = verdict.isExpected ? t('said.ask') : t('said.unexpected');
			const what = product.tracking === 'serial' ? 'askSerial' : product.tracking === 'lot' ? 'askLot' : 'askQuantity';
			return {
				kind: verdict.isExpected ? 'right' : 'attention',
				title,
				detail: t(`said.${what}`, { name: product.name }),
			};
		}
		case 'answer_first':
			return {
				kind: 'wrong',
				title: t('said.answerFirst'),
				detail: t('said.answerFirstDetail', { name: verdict.name }),
			};
		case 'serial_known': {
			const { name, serial } = verdict;
			return { kind: 'wrong', title: t('said.serialKnown'), detail: t('said.serialKnownDetail', { name, serial }) };
		}
		case 'closed_bin':
			return {
				kind: 'wrong',
				title: t('said.closedBin', { bin: verdict.bin }),
				detail: t('said.closedBinDetail'),
			};
		case 'bin':
			return { kind: 'right', title: t('said.bin', { bin: verdict.bin }), detail: t('said.binDetail') };
		case 'unit_known': {
			const detail = t(verdict.isOwn ? 'said.unitKnownOwn' : 'said.unitKnownOther', { sscc: verdict.sscc });
			return { kind: 'wrong', title: t('said.unitKnown'), detail };
		}
		case 'unit_of_other': {
			const detail = t('said.unitOfOtherDetail', { number: verdict.number });
			return { kind: 'attention', title: t('said.unitOfOther'), detail };
		}
		case 'unit_to_open':
			return {
				kind: 'attention',
				title: t('said.unitToOpen'),
				detail: t('said.unitToOpenDetail', { sscc: verdict.sscc }),
			};
		case 'this_delivery':
			return { kind: 'attention', title: t('said.thisDelivery'), detail: t('said.thisDeliveryDetail') };
		case 'other_delivery': {
			const detail = t('said.otherDeliveryDetail', { number: verdict.number });
			return { kind: 'wrong', title: t('said.otherDelivery'), detail };
		}
		case 'unknown_product':
		case 'unknown_code':
		case 'customer_pass':
			return codeVerdictText(verdict, t);
	}
}

export interface CountedUnits {
	readonly name: string;
	readonly quantity: number;
	readonly isDamaged: boolean;
	readonly isExpired: boolean;
	/** As it is with these units; null for goods without paper. */
	readonly progress: ProductProgress | null;
}

/** What is said of units that are saved: now that they are counted, what was expected may be seen. */
export function countedText(
	{ name, quantity, isDamaged, isExpired, progress }: CountedUnits,
	t: TFunction<'receive'>,
): Verdict {
	const what = t('said.counted', { count: quantity, name });
	if (isExpired) return { kind: 'attention', title: t('said.expired'), detail: `${what} ${t('said.expiredDetail')}` };
	const title = isDamaged ? t('said.damaged', { count: quantity }) : t('said.right', { count: quantity });
	const kind = isDamaged ? ('attention' as const) : ('right' as const);
	if (progress === null) return { kind, title, detail: what };
	const { came, expected } = progress;
	if (expected === 0) return { kind: 'attention', title: t('said.notOrdered'), detail: what };
	if (came > expected)
		return {
			kind: 'attention',
			title: t('said.tooMany', { count: came - expected }),
			detail: t('said.ofExpected', { name, came, expected }),
		};
	if (came === expected && !isDamaged)
		return { kind: 'right', title: t('said.complete'), detail: t('said.ofExpected', { name, came, expected }) };
	return { kind, title, detail: t('said.ofExpected', { name, came, expected }) };
}
