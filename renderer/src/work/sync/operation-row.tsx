import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import type { OperationEnvelope } from '../../../../shared/schema/operation.ts';
import type { TimeText } from '../../ui/index.ts';
import { attentionKey } from './fate.ts';
import { operationSentence, type SentenceDocuments } from './operation-sentence.ts';
import classes from './sync-screen.module.css';

const signs = { saved: '○', sent: '↑', confirmed: '✓', needs_attention: '!' } as const;

/** When it happened, in the server's time as well as it was known then. */
export function operationInstant({ occurredAt }: OperationEnvelope): string {
	const offsetMs = Math.round(occurredAt.serverOffsetMs ?? 0);
	return Temporal.Instant.from(occurredAt.wall).add({ milliseconds: offsetMs }).toString();
}

/** One operation: the sentence, when, its state in a word, and why it needs somebody. */
export function OperationRow(props: {
	readonly journaled: JournaledOperation;
	readonly documents: SentenceDocuments;
	readonly myName: string | null;
	readonly time: TimeText;
}) {
	const { t } = useTranslation('sync');
	const { journaled, documents, myName, time } = props;
	const why = attentionKey(journaled);
	return (
		<Group wrap="nowrap" gap="md">
			<div style={{ flex: 1, minWidth: 0 }}>
				<Text lineClamp={why === null ? 2 : 1}>
					{operationSentence(journaled.operation, documents, myName, t)}
					<Text span c="dimmed">{`, ${time.time(operationInstant(journaled.operation))}`}</Text>
				</Text>
				{why === null ? null : (
					<Text size="sm" lineClamp={2}>
						{t(`attention.${why}.why`)} {t(`attention.${why}.whatToDo`)}
					</Text>
				)}
			</div>
			<span className={classes.state} data-state={journaled.state}>
				<span aria-hidden="true">{signs[journaled.state]}</span>
				{t(`state.${journaled.state}`)}
			</span>
		</Group>
	);
}
