import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { useSite } from '../../replica/index.ts';
import { useTimeText, type Verdict } from '../../ui/index.ts';

/** Makes the slip of one package and prints or saves it; a failure is said, and nothing that was recorded depends on it. */
export function useSlips(
	say: (verdict: Verdict) => void,
): (fulfillmentOrder: FulfillmentOrder, packageId: string, how: 'print' | 'save') => Promise<void> {
	const { t, i18n } = useTranslation('pack');
	const site = useSite();
	const { now } = useTimeText();
	return useCallback(
		async (fulfillmentOrder, packageId, how) => {
			const wanted = fulfillmentOrder.packages.find((each) => each.id === packageId);
			if (site === null || wanted === undefined) return;
			try {
				// In a chunk of its own: most screens never make a document.
				const { packingSlip, packingSlipFileName, printPdf, savePdf } = await import('../../documents/index.ts');
				const slip = packingSlip({
					fulfillmentOrder,
					package: wanted,
					site,
					packedAt: now.toString(),
					language: i18n.language,
				});
				const fileName = packingSlipFileName(fulfillmentOrder, packageId);
				const delivery = how === 'print' ? await printPdf(slip, fileName) : await savePdf(slip, fileName);
				if (how === 'print' && delivery === 'saved') {
					say({ kind: 'attention', title: t('said.slipSaved'), detail: t('said.slipSavedDetail') });
				}
			} catch (error) {
				console.error('The packing slip could not be made', error);
				say({ kind: 'wrong', title: t('said.slipFailed'), detail: t('said.slipFailedDetail') });
			}
		},
		[i18n.language, now, say, site, t],
	);
}
