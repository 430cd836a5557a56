import { Center, Loader, Stack, Text, Title } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceClient } from '../../../shared/device/device-client.ts';
import { followDevice, openDeviceClient, useDeviceValues } from '../device/index.ts';
import { showReplica } from '../replica/index.ts';
import { EnrollAgain } from './enroll-again.tsx';
import { EnrollScreen } from './enroll-screen.tsx';
import { ProblemPage } from './problem-page.tsx';
import { router } from './router.tsx';
import { SignInScreen } from './sign-in-screen.tsx';
import { useIdleLock } from './use-idle-lock.ts';

type Step = 'opening_journal' | 'ready';

/** From nothing to a screen: journal, enrollment, replica, sign-in. Each step says what it does. */
export function Boot() {
	const [step, setStep] = useState<Step>('opening_journal');
	const [client, setClient] = useState<DeviceClient | null>(null);
	const [failure, setFailure] = useState<unknown>(null);

	useEffect(() => {
		const open = async () => {
			const opened = await openDeviceClient();
			await followDevice();
			setClient(opened);
			setStep('ready');
		};
		open().catch(setFailure);
	}, []);

	if (failure !== null) return <ProblemPage failure={failure} />;
	if (step === 'opening_journal' || client === null) return <Opening what="journal" />;
	return <OpenApp client={client} onFailure={setFailure} />;
}

function OpenApp({
	client,
	onFailure,
}: {
	readonly client: DeviceClient;
	readonly onFailure: (failure: unknown) => void;
}) {
	const { siteId, isSignedIn } = useDeviceValues(({ enrolled, signedIn }) => ({
		siteId: enrolled?.siteId ?? null,
		isSignedIn: signedIn !== null,
	}));
	const [shownSite, setShownSite] = useState<string | null>(null);
	const [wasSignedIn, setWasSignedIn] = useState(false);

	useEffect(() => {
		if (siteId === null) return;
		showReplica(client, siteId)
			.then(() => setShownSite(siteId))
			.catch(onFailure);
	}, [client, siteId, onFailure]);
	useEffect(() => {
		if (isSignedIn) setWasSignedIn(true);
	}, [isSignedIn]);
	useIdleLock(client, isSignedIn);

	if (siteId === null) return <EnrollScreen client={client} />;
	const isShown = shownSite === siteId;
	return (
		<>
			{!isSignedIn && !wasSignedIn ? null : (
				// Locked, the screens stay as they are, with all that was typed; they are only out of sight and reach.
				<div inert={!isSignedIn} style={isSignedIn ? { height: '100%' } : { display: 'none' }}>
					{isShown ? <RouterProvider router={router} /> : <Opening what="replica" />}
				</div>
			)}
			{isSignedIn ? null : <SignInScreen client={client} />}
			<EnrollAgain client={client} />
		</>
	);
}

function Opening({ what }: { readonly what: 'journal' | 'replica' }) {
	const { t } = useTranslation('app');
	return (
		<Center component="main" h="100vh">
			<Stack align="center" gap="sm" role="status">
				<Title order={1}>Backstock</Title>
				<Loader type="dots" aria-hidden="true" />
				<Text size="lg">{t(`opening.${what}`)}</Text>
			</Stack>
		</Center>
	);
}
