import type { TFunction } from 'i18next';
import type { Verdict } from '../../ui/index.ts';
import type { ReturnJudgement } from './judge-return-scan.ts';

interface VerdictFacts {
	readonly orderNumber: string;
	/** What the catalog calls a product that is not in the order, if it knows it. */
	readonly productName: string | null;
}

/** The words for a code that was scanned while goods of an order come back. */
export function returnVerdict(judgement: ReturnJudgement, t: TFunction<'return'>, facts: VerdictFacts): Verdict {
	switch (judgement.kind) {
		case 'unit': {
			const { line, count, of, isOtherUnit } = judgement;
			const detail = t('verdict.unit_detail', { count, of });
			if (isOtherUnit)
				return { kind: 'attention', title: t('verdict.other_unit'), detail: t('verdict.other_unit_detail') };
			return { kind: 'right', title: line.line.name, detail };
		}
		case 'serial_twice': {
			const { name, serial } = judgement;
			return {
				kind: 'wrong',
				title: t('verdict.serial_twice'),
				detail: t('verdict.serial_twice_detail', { name, serial }),
			};
		}
		case 'more_than_sold': {
			const { line, of } = judgement;
			return {
				kind: 'wrong',
				title: t('verdict.more_than_sold'),
				detail: t('verdict.more_than_sold_detail', { of, name: line.line.name }),
			};
		}
		case 'all_returned':
		case 'never_sold': {
			const { kind, line } = judgement;
			return {
				kind: 'wrong',
				title: t(`verdict.${kind}`),
				detail: t(`verdict.${kind}_detail`, { name: line.line.name }),
			};
		}
		case 'wrong_product': {
			const { productName: name } = facts;
			const detail = name === null ? t('verdict.wrong_product_unknown') : t('verdict.wrong_product_detail', { name });
			return { kind: 'wrong', title: t('verdict.wrong_product'), detail };
		}
		case 'right_order':
			return { kind: 'right', title: t('verdict.right_order') };
		case 'other_order':
			return {
				kind: 'wrong',
				title: t('verdict.other_order'),
				detail: t('verdict.other_order_detail', { number: judgement.number, expected: facts.orderNumber }),
			};
		case 'not_a_product':
			return {
				kind: 'wrong',
				title: t('verdict.unreadable'),
				detail: t(`verdict.not_a_product.${judgement.scanned}`),
			};
		case 'unreadable':
			return {
				kind: 'wrong',
				title: t('verdict.unreadable'),
				detail: t('verdict.unreadable_detail', { text: judgement.text }),
			};
	}
}
