import type { TFunction } from 'i18next';
import { codeVerdictText } from '../../fulfillment/code-verdict-text.ts';
import type { Verdict } from '../../ui/index.ts';
import type { TransferVerdict } from './judge-transfer-scan.ts';

/** What is seen and heard of a scan. */
export function transferVerdictText(verdict: TransferVerdict, t: TFunction<'transfer'>): Verdict {
	switch (verdict.kind) {
		case 'picked': {
			const { name, units, moreOfLine, moreOfTransfer } = verdict;
			const detail = t('said.units', { count: units, name });
			if (moreOfTransfer === 0) return { kind: 'right', title: t('said.allPicked'), detail };
			return {
				kind: 'right',
				title: moreOfLine > 0 ? t('said.more', { count: moreOfLine }) : t('said.lineDone'),
				detail,
			};
		}
		case 'taken': {
			const { name, units, inHand } = verdict;
			return {
				kind: 'right',
				title: t('said.taken', { count: inHand }),
				detail: t('said.units', { count: units, name }),
			};
		}
		case 'put_back': {
			const { name, more, payload } = verdict;
			const detail = t('said.units', { count: payload.quantity, name });
			return { kind: 'right', title: more > 0 ? t('said.putBackMore', { count: more }) : t('said.allBack'), detail };
		}
		case 'enough':
			return { kind: 'wrong', title: t('said.enough'), detail: t('said.enoughDetail', { name: verdict.name }) };
		case 'too_many': {
			const { name, units, needed } = verdict;
			return { kind: 'wrong', title: t('said.tooMany'), detail: t('said.tooManyDetail', { name, units, needed }) };
		}
		case 'not_wanted':
			return { kind: 'wrong', title: t('said.notWanted'), detail: t('said.notWantedDetail', { name: verdict.name }) };
		case 'serial_needed':
			return {
				kind: 'attention',
				title: t('said.serialNeeded'),
				detail: t('said.serialNeededDetail', { name: verdict.name }),
			};
		case 'serial_known': {
			const { name, serial } = verdict;
			return { kind: 'wrong', title: t('said.serialKnown'), detail: t('said.serialKnownDetail', { name, serial }) };
		}
		case 'has_left':
			return { kind: 'wrong', title: t('said.hasLeft'), detail: t('said.hasLeftDetail') };
		case 'bin':
			return { kind: 'attention', title: t('said.bin', { bin: verdict.bin }), detail: t('said.binDetail') };
		case 'this_transfer':
			return { kind: 'attention', title: t('said.thisTransfer'), detail: t('said.thisTransferDetail') };
		case 'other_number':
			return {
				kind: 'wrong',
				title: t('said.otherNumber'),
				detail: t('said.otherNumberDetail', { number: verdict.number }),
			};
		case 'unknown_product':
		case 'unknown_code':
		case 'customer_pass':
			return codeVerdictText(verdict, t);
	}
}
