import type { TFunction } from 'i18next';
import type { Verdict } from '../ui/index.ts';
import type { OutsideChange } from './notice-change.ts';

/** What is seen and heard of what happened to the FO from elsewhere. */
export function outsideChangeText(change: OutsideChange, t: TFunction<'fulfillment'>): Verdict {
	switch (change.kind) {
		case 'cancelled':
			return {
				kind: 'wrong',
				title: t('fulfillment:change.cancelled'),
				detail: t('fulfillment:change.cancelledDetail'),
			};
		case 'moved':
			return { kind: 'wrong', title: t('fulfillment:change.moved'), detail: t('fulfillment:change.movedDetail') };
		case 'less_wanted': {
			const { name, wanted } = change;
			return {
				kind: 'attention',
				title: t('fulfillment:change.lessWanted'),
				detail: t('fulfillment:change.lessWantedDetail', { name, wanted }),
			};
		}
		case 'other_picker':
			return {
				kind: 'attention',
				title: t('fulfillment:change.otherPicker', { name: change.name }),
				detail: t('fulfillment:change.otherPickerDetail'),
			};
		case 'put_back': {
			const { name, quantity } = change;
			return {
				kind: 'attention',
				title: t('fulfillment:change.putBack'),
				detail: t('fulfillment:change.putBackDetail', { name, quantity }),
			};
		}
	}
}
