import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCount, useReplicaReady } from '../../replica/index.ts';
import { LoadingState, ProblemState, Screen } from '../../ui/index.ts';
import { AreaDialog } from './area-dialog.tsx';
import { CountingScreen } from './counting-screen.tsx';

/** `/count/case/$countId`: counting for one case, in one of its areas. */
export function CaseScreen() {
	const { countId } = useParams({ strict: false });
	const { t } = useTranslation('count');
	const counting = useCount(countId);
	const isReady = useReplicaReady();
	const [area, setArea] = useState<string | null>(null);
	if (counting === null)
		return (
			<Screen title={t('title')}>
				{isReady ? <ProblemState title={t('case.gone')}>{t('case.goneDetail')}</ProblemState> : <LoadingState />}
			</Screen>
		);
	const open = counting.areas.filter(({ countedBy }) => countedBy === null);
	if (area === null && open.length > 0)
		return (
			<Screen title={t('title')}>
				<AreaDialog areas={counting.areas} onChoose={setArea} onClose={() => window.history.back()} />
			</Screen>
		);
	return <CountingScreen counting={counting} area={area ?? ''} />;
}
