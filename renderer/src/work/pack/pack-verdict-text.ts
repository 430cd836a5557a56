import type { TFunction } from 'i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { codeVerdictText } from '../../fulfillment/code-verdict-text.ts';
import { identityText } from '../../fulfillment/scanned-identity.ts';
import type { Verdict } from '../../ui/index.ts';
import type { LabelVerdict } from './judge-label-scan.ts';
import type { PackVerdict } from './judge-pack-scan.ts';

type Translate = TFunction<['pack', 'fulfillment']>;

/** Which unit it is, and which ones were picked. */
export function otherUnitText(
	{ line, identity, picked }: Extract<PackVerdict, { kind: 'other_unit' }>,
	t: Translate,
	day: (date: string) => string,
): string {
	const texts = picked.map((each) => identityText(each, t, day));
	const values = { name: line.name, scanned: identityText(identity, t, day), picked: [...new Set(texts)].join('; ') };
	return texts.length === 0 ? t('otherUnit.textNone', values) : t('otherUnit.text', values);
}

/** What the packer sees and hears of a scan into the box. */
export function packVerdictText(
	verdict: PackVerdict,
	fulfillmentOrder: FulfillmentOrder,
	t: Translate,
	day: (date: string) => string,
): Verdict {
	switch (verdict.kind) {
		case 'right_item':
			return {
				kind: 'right',
				title: t('said.rightMore', { count: verdict.moreOfOrder }),
				detail: verdict.line.name,
			};
		case 'all_in_box':
			return { kind: 'right', title: t('said.allInBox'), detail: t('said.allInBoxDetail') };
		case 'other_unit':
			return { kind: 'attention', title: t('said.otherUnit'), detail: otherUnitText(verdict, t, day) };
		case 'serial_twice': {
			const { serial, line } = verdict;
			return {
				kind: 'wrong',
				title: t('said.serialTwice', { serial }),
				detail: t('said.serialTwiceDetail', { name: line.name }),
			};
		}
		case 'wrong_item':
			return {
				kind: 'wrong',
				title: t('said.wrongItem'),
				detail: t('said.wrongItemDetail', { scanned: verdict.scanned }),
			};
		case 'surplus_unit':
			return {
				kind: 'wrong',
				title: t('said.surplus'),
				detail: t('said.surplusDetail', { name: verdict.line.name }),
			};
		case 'not_picked':
			return {
				kind: 'wrong',
				title: t('said.notPicked'),
				detail: t('said.notPickedDetail', { name: verdict.line.name }),
			};
		case 'too_many_units': {
			const { name, units, needed } = verdict;
			return { kind: 'wrong', title: t('said.tooMany'), detail: t('said.tooManyDetail', { name, units, needed }) };
		}
		case 'unknown_product':
		case 'unknown_code':
		case 'customer_pass':
			return codeVerdictText(verdict, t);
		case 'this_order':
			return { kind: 'attention', title: t('said.thisOrder'), detail: t('said.thisOrderDetail') };
		case 'other_order': {
			const values = { number: verdict.number, own: fulfillmentOrder.orderNumber };
			return { kind: 'wrong', title: t('said.otherOrder'), detail: t('said.otherOrderDetail', values) };
		}
		case 'location':
			return { kind: 'wrong', title: t('said.location'), detail: t('said.locationDetail') };
		case 'stopped':
			return { kind: 'wrong', title: t('said.stopped'), detail: t('said.stoppedDetail') };
	}
}

/** What the packer sees and hears of a scan at the label of the package with this place. */
export function labelVerdictText(verdict: LabelVerdict, place: number, t: Translate): Verdict {
	switch (verdict.kind) {
		case 'tracking_number': {
			const detail = t('said.shippedDetail', { place, tracking: verdict.trackingNumber });
			return { kind: 'right', title: t('said.shipped'), detail };
		}
		case 'item_not_label': {
			const detail = t('said.itemNotLabelDetail', { name: verdict.name, place });
			return { kind: 'wrong', title: t('said.itemNotLabel'), detail };
		}
		case 'own_code':
			return { kind: 'wrong', title: t('said.ownCode'), detail: t('said.ownCodeDetail', { place }) };
		case 'label_used_before':
			return { kind: 'wrong', title: t('said.usedBefore'), detail: t('said.usedBeforeDetail') };
		case 'unreadable_label':
			return { kind: 'wrong', title: t('said.unreadable'), detail: t('said.unreadableDetail') };
	}
}
