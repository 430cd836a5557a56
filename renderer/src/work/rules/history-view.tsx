import { Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeskOf, RuleChangeMessage } from '../../../../shared/protocol/version-messages.ts';
import { useTimeText } from '../../ui/index.ts';

interface HistoryViewProps {
	readonly desk: Pick<DeskOf<unknown>, 'versions' | 'history'>;
	readonly changeText: (change: RuleChangeMessage) => string;
	/** Makes an old version the draft. */
	readonly onRestore: (version: number) => void;
}

/** The versions, and who changed what and when. */
export function HistoryView({ desk, changeText, onRestore }: HistoryViewProps) {
	const { t } = useTranslation('rules');
	const time = useTimeText();
	const published = desk.versions.filter(({ state }) => state !== 'draft');
	return (
		<Stack gap="lg">
			<section aria-label={t('versions.title')}>
				<Title order={2} size="h3">
					{t('versions.title')}
				</Title>
				<List listStyleType="none" spacing="sm">
					{published.map(({ version, state, publishedBy = '', publishedAt, note }) => (
						<List.Item key={version}>
							<Group justify="space-between" wrap="nowrap">
								<div>
									<Text fw={650}>
										{t('versions.version', { version })}{' '}
										{state === 'published' ? (
											<Badge variant="default" tt="none">
												{t('versions.now')}
											</Badge>
										) : null}
									</Text>
									<Text c="dimmed">
										{publishedAt === undefined
											? ''
											: t('versions.by', { by: publishedBy, at: time.time(publishedAt), note })}
									</Text>
								</div>
								{state === 'published' ? null : (
									<Button variant="default" onClick={() => onRestore(version)}>
										{t('versions.restore', { version })}
									</Button>
								)}
							</Group>
						</List.Item>
					))}
				</List>
			</section>
			<section aria-label={t('history.title')}>
				<Title order={2} size="h3">
					{t('history.title')}
				</Title>
				{desk.history.length === 0 ? <Text c="dimmed">{t('history.empty')}</Text> : null}
				<List listStyleType="none" spacing="md">
					{desk.history.map(({ at, by, action, version, note, changes }, index) => (
						<List.Item key={`${at} ${desk.history.length - index}`}>
							<Text fw={650}>{t(`history.${action}`, { by, at: time.time(at), version })}</Text>
							{note === '' ? null : <Text>{note}</Text>}
							<List>
								{changes.map((change, place) => (
									<List.Item key={`${change.change} ${change.name} ${place + 1}`}>{changeText(change)}</List.Item>
								))}
							</List>
						</List.Item>
					))}
				</List>
			</section>
		</Stack>
	);
}
