import { Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';

interface PublishDialogProps {
	/** For whom it holds. */
	readonly detail: string;
	/** What it changes, in sentences. */
	readonly changes: readonly string[];
	readonly onPublish: (note: string) => void;
	readonly onClose: () => void;
}

/** Asks why before the draft holds for everybody. Enter alone never publishes. */
export function PublishDialog({ detail, changes, onPublish, onClose }: PublishDialogProps) {
	const { t } = useTranslation('rules');
	const [note, setNote] = useState('');
	return (
		<Dialog onClose={onClose} title={t('publish.title')}>
			<Stack gap="md">
				<Text>{detail}</Text>
				<List spacing="xs">
					{changes.map((change) => (
						<List.Item key={change}>{change}</List.Item>
					))}
				</List>
				<Textarea
					label={t('publish.note')}
					value={note}
					onChange={(event) => setNote(event.currentTarget.value)}
					minRows={2}
					maxLength={2000}
					data-autofocus
					required
				/>
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose}>
						{t('form.cancel')}
					</Button>
					<Button disabled={note.trim() === ''} onClick={() => onPublish(note.trim())}>
						{t('publish.act')}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}
