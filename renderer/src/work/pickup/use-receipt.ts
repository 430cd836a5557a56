import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import { useSite } from '../../replica/index.ts';
import type { Verdict } from '../../ui/index.ts';

/** What one handover gave to whom, for its receipt. */
export interface Handed {
	readonly lines: PayloadOf<'hand_over'>['lines'];
	readonly collectedBy: string;
	/** An ISO instant. */
	readonly at: string;
}

/** Saves the receipt of a handover. A failure is said; nothing that was recorded depends on it. */
export function useReceipt(
	say: (verdict: Verdict) => void,
): (fulfillmentOrder: FulfillmentOrder, handed: Handed) => Promise<void> {
	const { t, i18n } = useTranslation('pickup');
	const site = useSite();
	return async (fulfillmentOrder, { lines, collectedBy, at }) => {
		if (site === null) return;
		try {
			// In a chunk of its own: most screens never make a document.
			const { pickupReceipt, pickupReceiptFileName, savePdf } = await import('../../documents/index.ts');
			const { language } = i18n;
			const receipt = pickupReceipt({ fulfillmentOrder, lines, collectedBy, site, collectedAt: at, language });
			await savePdf(receipt, pickupReceiptFileName(fulfillmentOrder));
			say({ kind: 'right', title: t('receipt.saved'), detail: t('receipt.savedDetail') });
		} catch (error) {
			console.error('The receipt could not be made', error);
			say({ kind: 'wrong', title: t('receipt.failed'), detail: t('receipt.failedDetail') });
		}
	};
}
