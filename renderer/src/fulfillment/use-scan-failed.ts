import { useTranslation } from 'react-i18next';
import type { Verdict } from '../ui/index.ts';

/** Says loudly that a scan was not counted, and keeps the cause for whoever looks into it. */
export function useScanFailed(say: (verdict: Verdict) => void): (error: unknown) => void {
	const { t } = useTranslation('fulfillment');
	return (error) => {
		console.error('A scan could not be handled', error);
		say({ kind: 'wrong', title: t('said.failed'), detail: t('said.failedDetail') });
	};
}
