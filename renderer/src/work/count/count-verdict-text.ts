import type { TFunction } from 'i18next';
import type { Verdict } from '../../ui/index.ts';
import type { CountVerdict } from './judge-count-scan.ts';

/** What is seen and heard of a scan while counting. */
export function countVerdictText(verdict: CountVerdict, t: TFunction<'count'>): Verdict {
	switch (verdict.kind) {
		case 'bin':
			return { kind: 'right', title: t('said.bin', verdict), detail: t('said.binDetail') };
		case 'closed_bin':
			return { kind: 'wrong', title: t('said.closedBin', verdict), detail: t('said.closedBinDetail') };
		case 'finish_first':
			return { kind: 'attention', title: t('said.finishFirst', verdict), detail: t('said.finishFirstDetail') };
		case 'first':
			return {
				kind: 'right',
				title: verdict.product.name,
				detail: t('said.firstDetail', { count: verdict.units }),
			};
		case 'one_more':
			return {
				kind: 'right',
				title: t('said.units', { count: verdict.tally.scanned }),
				detail: verdict.tally.product.name,
			};
		case 'other_lot':
			return { kind: 'attention', title: t('said.otherLot', verdict), detail: t('said.otherLotDetail') };
		case 'serial_twice':
			return { kind: 'attention', title: t('said.serialTwice', verdict), detail: t('said.serialTwiceDetail') };
		case 'unknown_product':
			return { kind: 'attention', title: t('said.unknown'), detail: t('said.unknownDetail', verdict) };
		case 'misread':
			return { kind: 'wrong', title: t('said.misread'), detail: t('said.misreadDetail', verdict) };
		case 'not_goods':
			return { kind: 'wrong', title: t('said.notGoods'), detail: t('said.notGoodsDetail') };
	}
}
