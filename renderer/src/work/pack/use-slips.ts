import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Delivery } from '../../documents/index.ts';
import { useSite } from '../../replica/index.ts';
import { useTimeText, type Verdict } from '../../ui/index.ts';

/** Makes the slip of one package and prints or saves it. A failure is said and gives null; nothing that was recorded depends on it. */
export function useSlips(
	say: (verdict: Verdict) => void,
): (fulfillmentOrder: FulfillmentOrder, packageId: string, how: 'print' | 'save') => Promise<Delivery | null> {
	const { t, i18n } = useTranslation('pack');
	const site = useSite();
	const { now } = useTimeText();
	return useCallback(
		async (fulfillmentOrder, packageId, how) => {
			const wanted = fulfillmentOrder.packages.find((each) => each.id === packageId);
			if (site === null || wanted === undefined) return null;
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
				return how === 'print' ? await printPdf(slip, fileName) : await savePdf(slip, fileName);
			} catch (error) {
				console.error('The packing slip could not be made', error);
				say({ kind: 'wrong', title: t('said.slipFailed'), detail: t('said.slipFailedDetail') });
				return null;
			}
		},
		[i18n.language, now, say, site, t],
	);
}
