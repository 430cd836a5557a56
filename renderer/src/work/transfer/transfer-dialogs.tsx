import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferLine } from '../../../../shared/schema/transfer.ts';
import { Dialog, QuantityField } from '../../ui/index.ts';
import { unitsToPick } from './transfer-work.ts';

/** How many units were picked at once. It starts blank. */
export function QuantityDialog(props: {
	readonly line: TransferLine;
	/** Nobody has asked for a number. */
	readonly isGiven: boolean;
	readonly onQuantity: (quantity: number) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('transfer');
	const [typed, setTyped] = useState<number | null>(null);
	const maximum = props.isGiven ? undefined : unitsToPick(props.line);
	return (
		<Dialog onClose={props.onClose} title={t('quantity.title', { name: props.line.name })}>
			<Stack gap="md">
				<QuantityField
					label={t('quantity.label')}
					description={maximum === undefined ? t('quantity.hintGiven') : t('quantity.hint', { count: maximum })}
					{...(maximum === undefined ? {} : { maximum })}
					onChange={setTyped}
					onEnter={props.onQuantity}
					autoFocus
				/>
				<Button size="lg" disabled={typed === null} onClick={() => typed !== null && props.onQuantity(typed)}>
					{t('quantity.confirm')}
				</Button>
			</Stack>
		</Dialog>
	);
}

/** Asks why before central is asked to stop it. Enter alone never does it. */
export function ReasonDialog(props: {
	readonly title: string;
	readonly confirm: string;
	readonly onConfirm: (reason: string) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('transfer');
	const [reason, setReason] = useState('');
	return (
		<Dialog onClose={props.onClose} title={props.title}>
			<Stack gap="md">
				<Textarea
					label={t('reason')}
					value={reason}
					onChange={(event) => setReason(event.currentTarget.value)}
					minRows={2}
					maxLength={500}
					data-autofocus
					required
				/>
				<Group justify="flex-end">
					<Button variant="default" onClick={props.onClose}>
						{t('keep')}
					</Button>
					<Button color="red.9" disabled={reason.trim() === ''} onClick={() => props.onConfirm(reason.trim())}>
						{props.confirm}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}
