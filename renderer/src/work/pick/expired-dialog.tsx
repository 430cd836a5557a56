import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChoiceDialog, useTimeText } from '../../ui/index.ts';
import type { ExpiredQuestion } from './use-picking.ts';

/** A unit that has expired: it stays unless somebody says otherwise. */
export function ExpiredDialog(props: {
	readonly question: ExpiredQuestion;
	readonly onAnswer: (takesIt: boolean) => void;
}) {
	const { t } = useTranslation('pick');
	const { day } = useTimeText();
	const { name, lot, expiresOn } = props.question;
	const known = [...(lot === null ? [] : [t('fulfillment:identity.lot', { lot })])];
	return (
		<ChoiceDialog
			title={t('expired.title')}
			choices={[
				{ key: '1', label: t('expired.leave'), detail: t('expired.leaveDetail'), value: false },
				{ key: '2', label: t('expired.take'), detail: t('expired.takeDetail'), value: true },
			]}
			onChoose={props.onAnswer}
			onClose={() => props.onAnswer(false)}
		>
			<Text size="lg">{[t('expired.text', { name, day: day(expiresOn) }), ...known].join(' · ')}</Text>
		</ChoiceDialog>
	);
}
