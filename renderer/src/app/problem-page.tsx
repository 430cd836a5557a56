import { Alert, Button, Center, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveJournalFile } from './save-journal-file.ts';

function wordsOf(failure: unknown): string {
	return failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
}

/** The whole window when nothing else can be shown: what happened, that work is safe, and what can be done. */
export function ProblemPage({ failure }: { readonly failure: unknown }) {
	const { t } = useTranslation('app');
	return (
		<Center component="main" mih="100vh" p="xl">
			<Stack maw={640} gap="lg" role="alert">
				<Title order={1}>{t('problem.title')}</Title>
				<Text size="lg">{t('problem.workIsSafe')}</Text>
				<Code block>{wordsOf(failure)}</Code>
				<Group>
					<Button size="lg" onClick={() => window.location.reload()}>
						{t('problem.openAgain')}
					</Button>
					<ExportJournalButton />
				</Group>
			</Stack>
		</Center>
	);
}

/** Writes the journal to a file; says so when it can't. */
export function ExportJournalButton() {
	const { t } = useTranslation('app');
	const [failure, setFailure] = useState<string | null>(null);
	const save = () => {
		setFailure(null);
		saveJournalFile().catch((reason: unknown) => setFailure(wordsOf(reason)));
	};
	return (
		<>
			<Button size="lg" variant="default" onClick={save}>
				{t('problem.exportJournal')}
			</Button>
			{failure === null ? null : (
				<Alert color="red" role="alert" title={t('problem.exportFailed')}>
					{failure}
				</Alert>
			)}
		</>
	);
}
