import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';

interface NoteDialogProps {
	readonly title: string;
	/** What it is about, and what follows from it. */
	readonly children: ReactNode;
	readonly label: string;
	readonly confirm: string;
	readonly onConfirm: (note: string) => void;
	readonly onClose: () => void;
}

/** Asks for a reason in words; without one nothing is done. */
export function NoteDialog({ title, children, label, confirm, onConfirm, onClose }: NoteDialogProps) {
	const { t } = useTranslation('sync');
	const [note, setNote] = useState('');
	return (
		<Dialog onClose={onClose} title={title}>
			<Stack gap="md">
				<Text component="div">{children}</Text>
				<Textarea
					label={label}
					value={note}
					onChange={(event) => setNote(event.currentTarget.value)}
					maxLength={500}
					data-autofocus
					required
				/>
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose}>
						{t('exceptions.cancel')}
					</Button>
					<Button disabled={note.trim() === ''} onClick={() => onConfirm(note.trim())}>
						{confirm}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}
