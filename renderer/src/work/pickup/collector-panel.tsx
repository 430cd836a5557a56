import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Identity } from './handover-step.ts';
import classes from './pickup.module.css';
import { SignaturePad } from './signature-pad.tsx';

interface CollectorPanelProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly identity: Identity | null;
	readonly signature: string | null;
	readonly onSign: (signature: string | null) => void;
	/** What was typed as the pass code. */
	readonly onTypedPass: (text: string) => void;
	readonly passField: Ref<HTMLInputElement>;
}

/** Who may collect, and what to check or was checked. */
export function CollectorPanel(props: CollectorPanelProps) {
	const { fulfillmentOrder, identity, onTypedPass, passField } = props;
	const { t } = useTranslation('pickup');
	const [typed, setTyped] = useState('');
	const { customer, orderNumber } = fulfillmentOrder;
	return (
		<section className={classes.panel} aria-label={t('handover.collector')}>
			<Text c="dimmed">{t('handover.collector')}</Text>
			<Text className={classes.panelName}>{customer.name}</Text>
			<Text size="lg">{[t('order', { number: orderNumber }), customer.phone].filter(Boolean).join(' · ')}</Text>
			{identity === null ? (
				<Stack gap="xs" mt="md">
					<Text fw={650}>{t('handover.toCheck')}</Text>
					<form
						onSubmit={(event) => {
							event.preventDefault();
							if (typed.trim() === '') return;
							onTypedPass(typed);
							setTyped('');
						}}
					>
						<Group gap="sm" align="end" wrap="nowrap">
							<TextInput
								ref={passField}
								style={{ flex: 1 }}
								label={t('handover.checkPass')}
								value={typed}
								maxLength={60}
								autoComplete="off"
								spellCheck={false}
								onChange={(event) => setTyped(event.currentTarget.value)}
							/>
							{typed.trim() === '' ? null : (
								<Button type="submit" variant="default">
									{t('handover.checkTyped')}
								</Button>
							)}
						</Group>
					</form>
					<Text c="dimmed">{t('handover.checkOther')}</Text>
				</Stack>
			) : (
				<Stack gap={0} mt="md">
					<Group gap="md" align="baseline">
						<Text className={classes.checked}>
							<span aria-hidden="true">✓ </span>
							{t(`handover.checked.${identity.check}`)}
						</Text>
						<Text size="lg">{t('handover.collectedBy', { name: identity.collectedBy })}</Text>
					</Group>
					<SignaturePad signature={props.signature} onSign={props.onSign} />
				</Stack>
			)}
		</section>
	);
}
