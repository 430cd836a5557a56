import { Badge, Center, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceClient } from '../../../shared/device/device-client.ts';
import type { Associate } from '../../../shared/schema/associate.ts';
import { useDeviceStatus } from '../device/index.ts';
import { useScan } from '../scanning/index.ts';
import { EmptyState, Key } from '../ui/index.ts';
import { connectionWords } from './connection-words.ts';
import { EnrollAgainNotice } from './enroll-again.tsx';
import { findAssociates } from './find-associate.ts';
import { PinForm } from './pin-form.tsx';
import { Preferences } from './preferences.tsx';
import classes from './sign-in-screen.module.css';

/** Who works here: an associate, by number, arrow keys or typing, and their PIN. */
export function SignInScreen({ client }: { readonly client: DeviceClient }) {
	const { t, i18n } = useTranslation('app');
	const status = useDeviceStatus();
	const [chosen, setChosen] = useState<Associate | null>(null);
	// A scan must not reach the screens that wait behind the lock.
	useScan(() => true);
	return (
		<Center component="main" className={classes.page} role="dialog" aria-modal="true" aria-label={t('signIn.title')}>
			<Paper withBorder p="xl" radius="lg" w={560}>
				<Stack gap="lg">
					<div>
						<Title order={1}>{t('signIn.title')}</Title>
						<Text c="dimmed" size="lg">
							{t('signIn.place', { site: status.enrolled?.siteName ?? '', device: status.enrolled?.deviceName ?? '' })}
						</Text>
					</div>
					<EnrollAgainNotice />
					{chosen === null ? (
						<AssociateList associates={status.associates} onChoose={setChosen} />
					) : (
						<PinForm client={client} associate={chosen} onBack={() => setChosen(null)} />
					)}
					<Group justify="space-between">
						<Text size="sm" c="dimmed" role="status">
							{connectionWords(status.connection, status.serverOffsetMs, i18n.language, t)}
							{status.waiting === 0 ? '' : ` · ${t('status.waiting', { count: status.waiting })}`}
						</Text>
						<Preferences />
					</Group>
				</Stack>
			</Paper>
		</Center>
	);
}

function AssociateList(props: {
	readonly associates: readonly Associate[];
	readonly onChoose: (associate: Associate) => void;
}) {
	const { t } = useTranslation('app');
	const [typed, setTyped] = useState('');
	const [selected, setSelected] = useState(0);
	const found = findAssociates(props.associates, typed);
	const at = Math.min(selected, Math.max(0, found.length - 1));

	const keyDown = (event: KeyboardEvent) => {
		if (event.altKey || event.ctrlKey || event.metaKey) return;
		if (event.key === 'ArrowDown') setSelected(Math.min(found.length - 1, at + 1));
		else if (event.key === 'ArrowUp') setSelected(Math.max(0, at - 1));
		else if (event.key === 'Enter' || (/^[1-9]$/.test(event.key) && typed === '')) {
			const associate = found[event.key === 'Enter' ? at : Number(event.key) - 1];
			if (associate !== undefined) props.onChoose(associate);
		} else return;
		event.preventDefault();
	};
	if (props.associates.length === 0)
		return <EmptyState title={t('signIn.nobody')}>{t('signIn.nobodyHint')}</EmptyState>;
	return (
		<Stack gap="xs">
			<TextInput
				label={t('signIn.who')}
				description={t('signIn.whoHint')}
				size="lg"
				value={typed}
				onChange={(event) => {
					setTyped(event.currentTarget.value);
					setSelected(0);
				}}
				onKeyDown={keyDown}
				autoComplete="off"
				spellCheck={false}
				autoFocus
				role="combobox"
				aria-expanded="true"
				aria-controls="sign-in-associates"
				aria-activedescendant={found.length === 0 ? undefined : `sign-in-associate-${at}`}
			/>
			<div id="sign-in-associates" role="listbox" aria-label={t('signIn.who')} className={classes.list}>
				{found.map((associate, index) => (
					// biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and takes the keys
					<div
						key={associate.id}
						id={`sign-in-associate-${index}`}
						role="option"
						tabIndex={-1}
						aria-selected={index === at}
						aria-label={associate.name}
						className={classes.associate}
						onClick={() => props.onChoose(associate)}
					>
						<Text size="lg" fw={600}>
							{associate.name}
						</Text>
						<Group gap="xs">
							{associate.roles.map((role) => (
								<Badge key={role} variant="default" tt="none" fw={500} size="lg">
									{t(`role.${role}`)}
								</Badge>
							))}
							{index < 9 && typed === '' ? <Key name={String(index + 1)} /> : null}
						</Group>
					</div>
				))}
			</div>
			{found.length === 0 ? <Text role="status">{t('signIn.noSuchName', { typed })}</Text> : null}
		</Stack>
	);
}
