import type { TFunction } from 'i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Verdict } from '../../ui/index.ts';
import type { HandoverJudgement } from './judge-handover-scan.ts';

/** The words for a code that was scanned during a handover. `productName` is what the catalog calls a wrong product, if it knows it. */
export function handoverVerdict(
	judgement: HandoverJudgement,
	t: TFunction<'pickup'>,
	{ orderNumber, customer }: FulfillmentOrder,
	productName: string | null = null,
): Verdict {
	switch (judgement.kind) {
		case 'unit': {
			const { line, count, of } = judgement;
			return {
				kind: 'right',
				title: t('handover.unit', { name: line.name }),
				detail: t('handover.unit_detail', { count, of }),
			};
		}
		case 'serial_twice':
		case 'other_unit': {
			const { kind, line, serial } = judgement;
			return {
				kind: 'wrong',
				title: t(`handover.${kind}`),
				detail: t(`handover.${kind}_detail`, { name: line.name, serial }),
			};
		}
		case 'surplus': {
			const { line, of } = judgement;
			return {
				kind: 'wrong',
				title: t('handover.surplus'),
				detail: t('handover.surplus_detail', { of, name: line.name }),
			};
		}
		case 'none_in_hand':
			return {
				kind: 'wrong',
				title: t('handover.none_in_hand'),
				detail: t('handover.none_in_hand_detail', { name: judgement.line.name }),
			};
		case 'wrong_product': {
			const detail =
				productName === null
					? t('handover.wrong_product_unknown')
					: t('handover.wrong_product_detail', { name: productName });
			return { kind: 'wrong', title: t('handover.wrong_product'), detail };
		}
		case 'pass_checked':
			return {
				kind: 'right',
				title: t('handover.pass_checked'),
				detail: t('handover.pass_checked_detail', { name: customer.name, number: orderNumber }),
			};
		case 'wrong_pass': {
			const { other } = judgement;
			const detail =
				other === null
					? t('handover.wrong_pass_unknown')
					: t('handover.wrong_pass_other', { number: other.orderNumber, name: other.customer.name });
			return { kind: 'wrong', title: t('handover.wrong_pass'), detail };
		}
		case 'order_number_right':
			return {
				kind: 'attention',
				title: t('handover.order_number_right'),
				detail: t('handover.order_number_right_detail'),
			};
		case 'wrong_order':
			return {
				kind: 'wrong',
				title: t('handover.wrong_order'),
				detail: t('handover.wrong_order_detail', { number: judgement.number, expected: orderNumber }),
			};
		case 'right_shelf':
			return { kind: 'right', title: t('handover.right_shelf'), detail: judgement.location };
		case 'wrong_shelf': {
			const { scanned, location } = judgement;
			const detail =
				location === null
					? t('handover.wrong_shelf_none', { scanned })
					: t('handover.wrong_shelf_detail', { scanned, location });
			return { kind: 'wrong', title: t('handover.wrong_shelf'), detail };
		}
		case 'unreadable':
			return {
				kind: 'wrong',
				title: t('handover.unreadable'),
				detail: t('handover.unreadable_detail', { text: judgement.text }),
			};
	}
}
