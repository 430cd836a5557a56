import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChoiceDialog, useTimeText } from '../../ui/index.ts';
import { otherUnitText } from './pack-verdict-text.ts';
import type { OtherUnitQuestion } from './use-packing.ts';

/** A unit of another lot than the one that was picked: it stays out of the box unless somebody says otherwise. */
export function OtherUnitDialog(props: {
	readonly question: OtherUnitQuestion;
	readonly onAnswer: (packsIt: boolean) => void;
}) {
	const { t } = useTranslation(['pack', 'fulfillment']);
	const { day } = useTimeText();
	return (
		<ChoiceDialog
			title={t('said.otherUnit')}
			choices={[
				{ key: '1', label: t('otherUnit.leave'), value: false },
				{ key: '2', label: t('otherUnit.pack'), detail: t('otherUnit.packDetail'), value: true },
			]}
			onChoose={props.onAnswer}
			onClose={() => props.onAnswer(false)}
		>
			<Text size="lg">{otherUnitText(props.question.doubt, t, day)}</Text>
		</ChoiceDialog>
	);
}
