import { Group, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import type { OperationEnvelope } from '../../../../shared/schema/operation.ts';
import type { OperationFate } from '../../device/index.ts';
import type { TimeText } from '../../ui/index.ts';
import { operationSentence, type SentenceDocuments } from './operation-sentence.ts';
import classes from './sync-screen.module.css';

const signs = { saved: '○', sent: '↑', confirmed: '✓', needs_attention: '!' } as const;

/** When it happened, in the server's time as well as it was known then. */
export function operationInstant({ occurredAt }: OperationEnvelope): string {
	const offsetMs = Math.round(occurredAt.serverOffsetMs ?? 0);
	return Temporal.Instant.from(occurredAt.wall).add({ milliseconds: offsetMs }).toString();
}

/** What became of an operation that needed somebody; null when that is still open, or nobody was ever needed. */
export function settledWords({ settled }: OperationFate, time: TimeText, t: TFunction<'sync'>): string | null {
	if (settled === null) return null;
	if (settled.kind === 'applied_later') return t('settled.applied_later');
	if (settled.kind === 'resolved')
		return settled.by === '' ? t('settled.resolvedBySomebody') : t('settled.resolved', { name: settled.by });
	const { operation } = settled.by;
	const { reason } = operation.payload as { readonly reason?: string };
	return t('settled.set_aside', {
		name: operation.actor.name,
		time: time.time(operationInstant(operation)),
		reason: reason ?? '',
	});
}

/** An operation's state: a word, and a sign for the eye. */
export function StateWord({ word, isSettled }: { readonly word: OperationFate['word']; readonly isSettled: boolean }) {
	const { t } = useTranslation('sync');
	return (
		<span className={classes.state} data-state={word} data-settled={isSettled || undefined}>
			<span aria-hidden="true">{signs[word]}</span>
			{t(`state.${word}`)}
		</span>
	);
}

/** One operation: the sentence, when, its state in a word, and why it needs somebody or how that was settled. */
export function OperationRow(props: {
	readonly journaled: JournaledOperation;
	readonly fate: OperationFate;
	readonly documents: SentenceDocuments;
	readonly myId: string | null;
	readonly time: TimeText;
}) {
	const { t } = useTranslation('sync');
	const { journaled, fate, documents, myId, time } = props;
	const settled = settledWords(fate, time, t);
	const second = settled ?? (fate.why === null ? null : t(`attention.${fate.why}.why`));
	return (
		<Group wrap="nowrap" gap="md">
			<div style={{ flex: 1, minWidth: 0 }}>
				<Text lineClamp={2}>{operationSentence(journaled.operation, documents, myId, t)}</Text>
				{second === null ? null : (
					<Text size="sm" lineClamp={1} c={settled === null ? undefined : 'dimmed'}>
						{second}
					</Text>
				)}
			</div>
			<div className={classes.fate}>
				<StateWord word={fate.word} isSettled={settled !== null} />
				<Text size="sm" c="dimmed">
					{time.time(operationInstant(journaled.operation))}
				</Text>
			</div>
		</Group>
	);
}
