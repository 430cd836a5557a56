import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceClient, SignInResult } from '../../../shared/device/device-client.ts';
import type { Associate } from '../../../shared/schema/associate.ts';
import { useDeviceValues } from '../device/index.ts';
import { Key } from '../ui/index.ts';
import { deviceClockText } from './connection-words.ts';

type Failure = Extract<SignInResult, { ok: false }>;

interface PinFormProps {
	readonly client: DeviceClient;
	readonly associate: Associate;
	readonly onBack: () => void;
}

/** The PIN of one associate; the answer says how many attempts are left, or until when it is locked. */
export function PinForm({ client, associate, onBack }: PinFormProps) {
	const { t, i18n } = useTranslation('app');
	const { serverOffsetMs } = useDeviceValues((status) => ({ serverOffsetMs: status.serverOffsetMs }));
	const [pin, setPin] = useState('');
	const [isChecking, setIsChecking] = useState(false);
	const [failure, setFailure] = useState<Failure | null>(null);
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		// Disabled while it is checked, the field has lost the focus.
		if (!isChecking) field.current?.focus();
	}, [isChecking]);

	const signIn = async (event: FormEvent) => {
		event.preventDefault();
		if (pin === '' || isChecking) return;
		setIsChecking(true);
		setFailure(null);
		const result = await client.signIn(associate.id, pin);
		setPin('');
		setIsChecking(false);
		if (!result.ok) setFailure(result);
	};
	const lockedUntil =
		failure?.lockedUntilMs === null || failure === null
			? ''
			: deviceClockText(failure.lockedUntilMs, serverOffsetMs, i18n.language);
	return (
		<form onSubmit={signIn} onKeyDown={(event) => event.key === 'Escape' && onBack()}>
			<Stack gap="md">
				<Text size="xl" fw={600}>
					{associate.name}
				</Text>
				<TextInput
					ref={field}
					type="password"
					label={t('signIn.pin')}
					size="lg"
					inputMode="numeric"
					// A counter PC is used by many: a browser must neither offer nor keep anybody's PIN.
					autoComplete="one-time-code"
					maxLength={12}
					value={pin}
					disabled={isChecking}
					onChange={(event) => setPin(event.currentTarget.value)}
				/>
				{failure === null ? null : (
					<Alert color="red" role="alert" title={t(`signIn.failure.${failure.reason}.title`, { until: lockedUntil })}>
						{t(`signIn.failure.${failure.reason}.whatToDo`)}
						{failure.attemptsLeft === null || failure.reason !== 'wrong_pin'
							? ''
							: ` ${t('signIn.attemptsLeft', { count: failure.attemptsLeft })}`}
					</Alert>
				)}
				<Group>
					<Button
						type="submit"
						size="lg"
						loading={isChecking}
						disabled={pin === ''}
						rightSection={<Key name="Enter" />}
					>
						{t('signIn.act')}
					</Button>
					<Button size="lg" variant="subtle" onClick={onBack} rightSection={<Key name="Esc" />}>
						{t('signIn.someoneElse')}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}
