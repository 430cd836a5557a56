import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { Dialog, Key, QuantityField } from '../../ui/index.ts';
import type { ChosenUnits } from './handover-units.ts';
import { inHand } from './pickup-progress.ts';

interface QuantitiesDialogProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly onChoose: (chosen: ChosenUnits) => void;
	readonly onClose: () => void;
}

/** How many of each go now, typed. All start blank; a field with a wrong number lets nothing through. */
export function QuantitiesDialog({ fulfillmentOrder, onChoose, onClose }: QuantitiesDialogProps) {
	const { t } = useTranslation('pickup');
	const [typed, setTyped] = useState<Readonly<Record<string, { quantity: number | null; text: string }>>>({});
	const entries = Object.entries(typed);
	const isWrong = entries.some(([, { quantity, text }]) => quantity === null && text.trim() !== '');
	const chosen = Object.fromEntries(
		entries.flatMap(([lineId, { quantity }]) => (quantity === null || quantity === 0 ? [] : [[lineId, quantity]])),
	);
	const isUsable = !isWrong && Object.keys(chosen).length > 0;
	const lines = fulfillmentOrder.lines.filter((line) => inHand(line) > 0);
	return (
		<Dialog onClose={onClose} title={t('handover.quantitiesTitle')}>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					if (isUsable) onChoose(chosen);
				}}
			>
				<Stack gap="sm">
					<Text c="dimmed">{t('handover.quantitiesHint')}</Text>
					{lines.map((line, at) => (
						<QuantityField
							key={line.lineId}
							label={line.name}
							description={t('handover.quantityOf', { count: inHand(line) })}
							minimum={0}
							maximum={inHand(line)}
							autoFocus={at === 0}
							onChange={(quantity, text) => setTyped((before) => ({ ...before, [line.lineId]: { quantity, text } }))}
						/>
					))}
					<Button type="submit" size="lg" disabled={!isUsable} rightSection={<Key name="Enter" />}>
						{t('handover.quantitiesSave')}
					</Button>
				</Stack>
			</form>
		</Dialog>
	);
}
