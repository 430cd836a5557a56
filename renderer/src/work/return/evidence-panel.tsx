import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReturnProof } from '../../../../shared/schema/return-case.ts';
import { Dialog } from '../../ui/index.ts';

/** By what the goods are taken for those of this order, and what was noted about them. */
export function EvidencePanel({ proof, note }: { readonly proof: ReturnProof; readonly note: string }) {
	const { t } = useTranslation('return');
	return (
		<section aria-label={t('evidence.title')}>
			<Text fw={650}>{t(`evidence.${proof}`)}</Text>
			{proof === 'receipt_scanned' ? null : <Text c="dimmed">{t('evidence.scanIt')}</Text>}
			{note === '' ? null : <Text>“{note}”</Text>}
		</section>
	);
}

/** A note about the goods: what somebody who was not there should know. */
export function NoteDialog(props: {
	readonly note: string;
	readonly onNote: (note: string) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('return');
	const [note, setNote] = useState(props.note);
	return (
		<Dialog onClose={props.onClose} title={t('evidence.noteTitle')}>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					props.onNote(note.trim());
				}}
			>
				<Stack gap="md">
					<Textarea
						label={t('evidence.noteLabel')}
						value={note}
						onChange={(event) => setNote(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key !== 'Enter' || event.shiftKey) return;
							event.preventDefault();
							props.onNote(note.trim());
						}}
						minRows={2}
						maxLength={500}
						data-autofocus
					/>
					<Group justify="flex-end">
						<Button type="submit">{t('evidence.noteSave')}</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
