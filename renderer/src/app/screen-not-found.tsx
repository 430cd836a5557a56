import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemState, Screen } from '../ui/index.ts';

export function ScreenNotFound() {
	const { t } = useTranslation('app');
	const navigate = useNavigate();
	const goToToday = () => void navigate({ to: '/' });
	return (
		<Screen title={t('notFound.title')} primary={{ label: t('notFound.act'), onAct: goToToday }}>
			<ProblemState title={t('notFound.title')}>{t('notFound.whatToDo')}</ProblemState>
		</Screen>
	);
}
