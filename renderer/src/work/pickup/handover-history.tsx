import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../../ui/index.ts';
import { recordWords } from './board-verdict.ts';
import type { HandoverRecord } from './handover-record.ts';
import classes from './pickup.module.css';

/** What of this pickup was handed over before: when, by whom, to whom. */
export function HandoverHistory({ records }: { readonly records: readonly HandoverRecord[] }) {
	const { t } = useTranslation('pickup');
	const timeText = useTimeText();
	return (
		<section className={classes.panel} aria-label={t('handover.alreadyTitle')}>
			{records.length === 0 ? <Text size="lg">{t('handover.alreadyUnknown')}</Text> : null}
			{records.map((record) => {
				const words = recordWords(record, t, timeText.time);
				return (
					<Text size="lg" key={record.at}>
						{record.units === null
							? t('handover.alreadyDetail', words)
							: t('handover.earlier', { ...words, count: record.units })}
					</Text>
				);
			})}
		</section>
	);
}
