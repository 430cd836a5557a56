import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { Dialog } from '../../ui/index.ts';

const longestBin = 40;

/** Which bin, where it was not scanned, and why. Enter in the reason closes it. */
export function CloseBinDialog(props: {
	/** Empty where it has still to be named. */
	readonly bin: string;
	readonly onConfirm: (bin: string, reason: string) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('bins');
	const [typed, setTyped] = useState('');
	const [reason, setReason] = useState('');
	const read = readScanCode(typed);
	const bin = props.bin !== '' ? props.bin : read.kind === 'location' ? read.code : typed.trim().toUpperCase();
	const isReady = bin !== '' && bin.length <= longestBin && reason.trim() !== '';
	const confirm = () => {
		if (isReady) props.onConfirm(bin, reason.trim());
	};
	return (
		<Dialog
			onClose={props.onClose}
			title={props.bin === '' ? t('dialog.title') : t('dialog.titleOf', { bin: props.bin })}
		>
			<Stack gap="md">
				<Text>{t('dialog.text')}</Text>
				{props.bin !== '' ? null : (
					<TextInput
						label={t('dialog.bin')}
						value={typed}
						maxLength={longestBin + 4}
						autoComplete="off"
						data-autofocus
						onChange={(event) => setTyped(event.currentTarget.value)}
					/>
				)}
				<TextInput
					label={t('dialog.reason')}
					value={reason}
					maxLength={500}
					autoComplete="off"
					{...(props.bin === '' ? {} : { 'data-autofocus': true })}
					onChange={(event) => setReason(event.currentTarget.value)}
					onKeyDown={(event) => {
						if (event.key !== 'Enter') return;
						event.preventDefault();
						confirm();
					}}
				/>
				<Group>
					<Button size="lg" disabled={!isReady} onClick={confirm}>
						{t('dialog.confirm')}
					</Button>
					<Button size="lg" variant="default" onClick={props.onClose}>
						{t('dialog.leave')}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}
