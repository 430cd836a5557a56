import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';

interface ReasonDialogProps {
	readonly title: string;
	/** What can't be undone. */
	readonly warning: string;
	readonly reasonLabel: string;
	readonly confirm: string;
	readonly onConfirm: (reason: string) => void;
	readonly onClose: () => void;
}

/** Asks why before a step that can't be undone. Enter alone never takes it. */
export function ReasonDialog({ title, warning, reasonLabel, confirm, onConfirm, onClose }: ReasonDialogProps) {
	const { t } = useTranslation('orders');
	const [reason, setReason] = useState('');
	return (
		<Dialog onClose={onClose} title={title}>
			<Stack gap="md">
				<Text>{warning}</Text>
				<Textarea
					label={reasonLabel}
					value={reason}
					onChange={(event) => setReason(event.currentTarget.value)}
					minRows={2}
					maxLength={500}
					data-autofocus
					required
				/>
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose}>
						{t('keep')}
					</Button>
					<Button color="red.9" disabled={reason.trim() === ''} onClick={() => onConfirm(reason.trim())}>
						{confirm}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}
