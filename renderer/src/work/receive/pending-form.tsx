import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type IdentityFault, identityFault } from '../../../../shared/domain/unit-identity.ts';
import { QuantityField } from '../../ui/index.ts';
import type { PendingUnits } from './judge-receive-scan.ts';

interface PendingFormProps {
	readonly pending: PendingUnits;
	readonly isDamaged: boolean;
	/** The site's calendar day. */
	readonly today: string;
	readonly onCount: (units: PendingUnits & { readonly quantity: number }) => void;
	readonly onLeave: () => void;
}

type Fault = IdentityFault | 'too_long' | 'quantity';
const longest = 20;

/** What is still to be told of scanned goods: how many, and the lot or serial number where the product has one. All of it starts blank. */
export function PendingForm({ pending, isDamaged, today, onCount, onLeave }: PendingFormProps) {
	const { t } = useTranslation('receive');
	const { product } = pending;
	const isSerial = product.tracking === 'serial';
	const [quantity, setQuantity] = useState<number | null>(null);
	const [lot, setLot] = useState('');
	const [expiresOn, setExpiresOn] = useState('');
	const [serial, setSerial] = useState('');
	const [fault, setFault] = useState<Fault | null>(null);
	const told = {
		lot: pending.lot ?? (lot.trim() || null),
		expiresOn: pending.expiresOn ?? (expiresOn.trim() || null),
		serial: isSerial ? serial.trim() || null : null,
	};

	const submit = (typed: number | null) => {
		const units = isSerial ? 1 : (pending.quantity ?? typed);
		if (units === null) return setFault('quantity');
		if ((told.lot ?? '').length > longest || (told.serial ?? '').length > longest) return setFault('too_long');
		const identity = {
			...(told.lot === null ? {} : { lot: told.lot }),
			...(told.expiresOn === null ? {} : { expiresOn: told.expiresOn }),
			...(told.serial === null ? {} : { serials: [told.serial] }),
		};
		const found = identityFault(product.tracking, units, identity, today);
		// What has expired has come all the same: it is counted, and kept apart.
		if (found !== null && found !== 'expired') return setFault(found);
		setFault(null);
		onCount({ ...pending, ...told, quantity: units });
	};
	const errorOf = (...faults: readonly Fault[]) =>
		fault !== null && faults.includes(fault) ? { error: t(`ask.fault.${fault}`) } : {};
	const needsLot = product.tracking === 'lot';
	const asksLot = needsLot && pending.lot === null;
	return (
		<Paper withBorder p="md" radius="md">
			<Stack gap="sm">
				<Text size="xl" fw={650}>
					{product.name}
				</Text>
				<Text c="dimmed">
					{[
						...(pending.lot === null ? [] : [t('lot', { lot: pending.lot })]),
						...(pending.expiresOn === null ? [] : [t('expires', { date: pending.expiresOn })]),
						t(`condition.${isDamaged ? 'damaged' : 'good'}`),
					].join(' · ')}
				</Text>
				{asksLot ? (
					<TextInput
						label={t('ask.lot')}
						description={t('ask.lotHint')}
						value={lot}
						autoComplete="off"
						autoFocus
						onChange={(event) => setLot(event.currentTarget.value)}
						{...errorOf('lot_missing', 'too_long')}
					/>
				) : null}
				{needsLot && pending.expiresOn === null ? (
					<TextInput
						label={t('ask.expiresOn')}
						description={t('ask.expiresOnHint')}
						value={expiresOn}
						autoComplete="off"
						onChange={(event) => setExpiresOn(event.currentTarget.value)}
						{...errorOf('no_such_date')}
					/>
				) : null}
				{isSerial ? (
					<TextInput
						label={t('ask.serial')}
						description={t('ask.serialHint')}
						value={serial}
						autoComplete="off"
						autoFocus
						onChange={(event) => setSerial(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key !== 'Enter') return;
							event.preventDefault();
							submit(null);
						}}
						{...errorOf('serials_missing', 'too_few_serials', 'too_many_serials', 'serial_twice', 'too_long')}
					/>
				) : pending.quantity === null ? (
					<QuantityField
						label={t(isDamaged ? 'ask.quantityDamaged' : 'ask.quantity')}
						description={fault === 'quantity' ? t('ask.fault.quantity') : t('ask.quantityHint')}
						onChange={setQuantity}
						onEnter={submit}
						autoFocus={!asksLot}
					/>
				) : (
					<Text>{t('said.counted', { count: pending.quantity, name: product.name })}</Text>
				)}
				<Group>
					<Button onClick={() => submit(quantity)}>{t('ask.save')}</Button>
					<Button variant="default" onClick={onLeave}>
						{t('ask.leave')}
					</Button>
				</Group>
			</Stack>
		</Paper>
	);
}
