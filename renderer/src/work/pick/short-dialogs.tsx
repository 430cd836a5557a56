import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FulfillmentLine, type ShortReason, shortReasons } from '../../../../shared/schema/fulfillment-order.ts';
import { ChoiceDialog, Dialog, QuantityField } from '../../ui/index.ts';

/** What is being asked about units that can't be picked. `quantity` is null until it was typed. */
export interface ShortQuestion {
	readonly line: FulfillmentLine;
	readonly quantity: number | null;
}

interface ShortDialogsProps {
	readonly question: ShortQuestion;
	readonly onQuantity: (quantity: number) => void;
	readonly onReason: (quantity: number, reason: ShortReason) => void;
	readonly onClose: () => void;
}

/** Asks how many units are missing, unless that is known, and then why. */
export function ShortDialogs({ question, onQuantity, onReason, onClose }: ShortDialogsProps) {
	const { t } = useTranslation('pick');
	const { line, quantity } = question;
	if (quantity === null) return <MissingQuantity line={line} onQuantity={onQuantity} onClose={onClose} />;
	const choices = shortReasons.map((reason, index) => ({
		key: String(index + 1),
		label: t(`short.${reason}`),
		detail: t(`short.${reason}Detail`),
		value: reason,
	}));
	return (
		<ChoiceDialog
			title={t('short.reasonTitle', { count: quantity })}
			choices={choices}
			onChoose={(reason) => onReason(quantity, reason)}
			onClose={onClose}
		/>
	);
}

function MissingQuantity(
	props: Pick<ShortDialogsProps, 'onQuantity' | 'onClose'> & { readonly line: FulfillmentLine },
) {
	const { t } = useTranslation('pick');
	const [typed, setTyped] = useState<number | null>(null);
	const { name, quantities } = props.line;
	return (
		<Dialog onClose={props.onClose} title={t('short.quantityTitle')}>
			<Stack gap="md">
				<QuantityField
					label={t('short.quantityLabel')}
					description={t('short.quantityHint', { name, count: quantities.toPick })}
					maximum={quantities.toPick}
					onChange={setTyped}
					onEnter={props.onQuantity}
					autoFocus
				/>
				<Button
					size="lg"
					disabled={typed === null}
					onClick={() => {
						if (typed !== null) props.onQuantity(typed);
					}}
				>
					{t('short.goOn')}
				</Button>
			</Stack>
		</Dialog>
	);
}
