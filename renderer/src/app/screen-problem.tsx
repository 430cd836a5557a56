import { Code, Group } from '@mantine/core';
import { type ErrorComponentProps, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemState, Screen } from '../ui/index.ts';
import { ScreenNotHere } from './lazy-screen.tsx';
import { ExportJournalButton } from './problem-page.tsx';

/** One screen failed; the frame and the other screens go on. */
export function ScreenProblem({ error, reset }: ErrorComponentProps) {
	const { t } = useTranslation('app');
	const navigate = useNavigate();
	return (
		<Screen
			title={t('problem.screenTitle')}
			primary={{ label: t('problem.tryAgain'), onAct: reset }}
			actions={[{ key: 'F2', label: t('notFound.act'), onAct: () => void navigate({ to: '/' }) }]}
		>
			<ProblemState title={t('problem.screenTitle')}>
				{error instanceof ScreenNotHere ? `${t('problem.screenNotHere')} ` : null}
				{t('problem.workIsSafe')}
				<Code block my="md">
					{error instanceof Error ? error.message : String(error)}
				</Code>
				<Group justify="center">
					<ExportJournalButton />
				</Group>
			</ProblemState>
		</Screen>
	);
}
