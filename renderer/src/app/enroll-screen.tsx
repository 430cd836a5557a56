import { Alert, Button, Center, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceClient, EnrollResult } from '../../../shared/device/device-client.ts';
import { useScan } from '../scanning/index.ts';
import { Preferences } from './preferences.tsx';

type Failure = Extract<EnrollResult, { ok: false }>;

/** Once for each device: a code from central gives it its site and its own credential. */
export function EnrollScreen(props: {
	readonly client: DeviceClient;
	readonly deviceName?: string | undefined;
	/** Why it is done once more; without one it is the first time. */
	readonly explanation?: string | undefined;
}) {
	const { client } = props;
	const { t } = useTranslation('app');
	const [code, setCode] = useState('');
	const [deviceName, setDeviceName] = useState(props.deviceName ?? '');
	const [isAsking, setIsAsking] = useState(false);
	const [failure, setFailure] = useState<Failure | null>(null);
	const isComplete = code.trim().length >= 4 && deviceName.trim() !== '';

	useScan((scan) => {
		setCode(scan.text.trim());
		return true;
	});
	const enroll = async (event: FormEvent) => {
		event.preventDefault();
		if (!isComplete || isAsking) return;
		setIsAsking(true);
		setFailure(null);
		const result = await client.enroll(code.trim(), deviceName.trim());
		setIsAsking(false);
		if (!result.ok) setFailure(result);
	};
	return (
		<Center component="main" mih="100vh" p="xl">
			<Paper component="form" onSubmit={enroll} withBorder p="xl" radius="lg" w={520}>
				<Stack gap="lg">
					<div>
						<Title order={1}>{t('enroll.title')}</Title>
						<Text c="dimmed" size="lg">
							{props.explanation ?? t('enroll.explanation')}
						</Text>
					</div>
					<TextInput
						label={t('enroll.code')}
						description={t('enroll.codeHint')}
						size="lg"
						value={code}
						onChange={(event) => setCode(event.currentTarget.value)}
						autoComplete="off"
						autoCapitalize="characters"
						spellCheck={false}
						autoFocus
						required
					/>
					<TextInput
						label={t('enroll.deviceName')}
						description={t('enroll.deviceNameHint')}
						size="lg"
						value={deviceName}
						onChange={(event) => setDeviceName(event.currentTarget.value)}
						autoComplete="off"
						maxLength={100}
						required
					/>
					{failure === null ? null : (
						<Alert color="red" role="alert" title={t(`enroll.failure.${failure.reason}.title`)}>
							{t(`enroll.failure.${failure.reason}.whatToDo`)}
						</Alert>
					)}
					<Button type="submit" size="lg" loading={isAsking} disabled={!isComplete}>
						{t('enroll.act')}
					</Button>
					<Preferences />
				</Stack>
			</Paper>
		</Center>
	);
}
