import { useTranslation } from 'react-i18next';
import type { CountCase } from '../../../../shared/schema/count.ts';
import { ChoiceDialog } from '../../ui/index.ts';

/** Which part of the site somebody counts; areas that are done are not offered. */
export function AreaDialog(props: {
	readonly areas: CountCase['areas'];
	readonly onChoose: (area: string) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('count');
	const open = props.areas.filter(({ countedBy }) => countedBy === null).slice(0, 9);
	return (
		<ChoiceDialog
			title={t('case.area')}
			choices={open.map(({ name }, index) => ({ key: String(index + 1), label: name, value: name }))}
			onChoose={props.onChoose}
			onClose={props.onClose}
		/>
	);
}
