import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { ChoiceDialog, Dialog, Key } from '../../ui/index.ts';
import type { Identity } from './handover-step.ts';
import classes from './pickup.module.css';

interface IdentityDialogsProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly onCheck: (identity: Identity) => void;
	readonly onClose: () => void;
}

/** Asks what was checked when there is no pass; for somebody whom the customer sent, also who it is. */
export function IdentityDialogs({ fulfillmentOrder, onCheck, onClose }: IdentityDialogsProps) {
	const { t } = useTranslation('pickup');
	const [isSomeoneElse, setIsSomeoneElse] = useState(false);
	const { orderNumber, customer } = fulfillmentOrder;
	const { name } = customer;
	if (isSomeoneElse) {
		return <SomeoneElse onName={(collectedBy) => onCheck({ check: 'photo_id', collectedBy })} onClose={onClose} />;
	}
	return (
		<ChoiceDialog
			title={t('handover.checkTitle')}
			choices={[
				{
					key: '1',
					label: t('handover.choice.order_number_and_name'),
					value: 'order_number_and_name',
				},
				{ key: '2', label: t('handover.choice.photo_id'), value: 'photo_id' },
				{ key: '3', label: t('handover.choice.someone_else'), value: 'someone_else' },
			]}
			onChoose={(choice) => {
				if (choice === 'order_number_and_name' || choice === 'photo_id') onCheck({ check: choice, collectedBy: name });
				else setIsSomeoneElse(true);
			}}
			onClose={onClose}
		>
			<Text className={classes.panelName}>{[name, t('order', { number: orderNumber })].join(' · ')}</Text>
		</ChoiceDialog>
	);
}

function SomeoneElse(props: { readonly onName: (name: string) => void; readonly onClose: () => void }) {
	const { t } = useTranslation('pickup');
	const [name, setName] = useState('');
	return (
		<Dialog onClose={props.onClose} title={t('handover.someoneElseTitle')}>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					if (name.trim() !== '') props.onName(name.trim());
				}}
			>
				<Stack gap="sm">
					<TextInput
						label={t('handover.someoneElseLabel')}
						value={name}
						maxLength={200}
						autoComplete="off"
						data-autofocus
						onChange={(event) => setName(event.currentTarget.value)}
					/>
					<Button type="submit" size="lg" disabled={name.trim() === ''} rightSection={<Key name="Enter" />}>
						{t('handover.someoneElseSave')}
					</Button>
				</Stack>
			</form>
		</Dialog>
	);
}
