import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Address } from '../../../../shared/schema/order.ts';
import { readAddress } from '../../fulfillment/read-address.ts';
import { Dialog } from '../../ui/index.ts';

interface AddressDialogProps {
	readonly number: string;
	readonly shipTo: Address;
	readonly onEdit: (shipTo: Address) => void;
	readonly onClose: () => void;
}

const fields = ['line1', 'postalCode', 'town', 'country'] as const;

/** Where an order goes: what is there now, to be changed. Enter asks central for the change. */
export function AddressDialog({ number, shipTo, onEdit, onClose }: AddressDialogProps) {
	const { t } = useTranslation('orders');
	const [typed, setTyped] = useState(() => ({
		line1: shipTo.line1,
		postalCode: shipTo.postalCode,
		town: shipTo.town,
		country: shipTo.country,
	}));
	const read = readAddress(typed);
	return (
		<Dialog onClose={onClose} title={t('address.title', { number })}>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					if (read.ok) onEdit(read.address);
				}}
			>
				<Stack gap="sm">
					{fields.map((field, index) => (
						<TextInput
							key={field}
							label={t(`address.${field}`)}
							value={typed[field]}
							error={
								!read.ok && read.missing.includes(field)
									? t(field === 'country' ? 'address.countryHint' : 'address.missing')
									: undefined
							}
							maxLength={field === 'country' ? 2 : 200}
							autoComplete="off"
							required
							{...(index === 0 ? { 'data-autofocus': true } : {})}
							onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
						/>
					))}
					<Group justify="flex-end">
						<Button variant="default" onClick={onClose}>
							{t('keep')}
						</Button>
						<Button type="submit" disabled={!read.ok}>
							{t('address.confirm')}
						</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
