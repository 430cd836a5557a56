import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GiverStock } from './giver-stock.ts';

/** What the other site can give, what it keeps back, and whether too much is being asked for. */
export function GiverNote(props: {
	readonly giver: GiverStock;
	readonly siteName: string;
	/** As typed so far. */
	readonly wanted: number | null;
}) {
	const { t } = useTranslation('transfer');
	const { giver, siteName: site, wanted } = props;
	const { canGive, safetyStock } = giver;
	const isTooMuch = canGive !== null && wanted !== null && wanted > canGive;
	const kept = safetyStock > 0 ? t('giver.keeps', { site, count: safetyStock }) : '';
	if (isTooMuch) {
		const words =
			safetyStock > 0
				? t('giver.belowSafety', { site, count: canGive, safetyStock })
				: t('giver.tooMuch', { site, count: canGive });
		return (
			<Text role="alert" fw={650}>
				{words}
			</Text>
		);
	}
	const can = canGive === null ? t('giver.unknown', { site }) : t('giver.can', { site, count: canGive });
	return (
		<Text role="status" c="dimmed">
			{[can, kept].filter((part) => part !== '').join(' ')}
		</Text>
	);
}
