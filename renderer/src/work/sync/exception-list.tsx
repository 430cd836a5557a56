import { Anchor, Badge, Button, Group, Modal, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRecord } from '../../../../shared/domain/permissions.ts';
import type { ExceptionCase } from '../../../../shared/schema/exception-case.ts';
import { useDeviceStatus, useRecord } from '../../device/index.ts';
import { ExceptionEvidence } from '../../fulfillment/exception-evidence.tsx';
import { currentDocuments, useExceptions } from '../../replica/index.ts';
import type { TimeText } from '../../ui/index.ts';
import classes from './sync-screen.module.css';

/** The site's open exceptions, urgent and old ones first. */
function openOnes(exceptions: readonly ExceptionCase[]): readonly ExceptionCase[] {
	const openedMs = ({ openedAt }: ExceptionCase) => Temporal.Instant.from(openedAt).epochMilliseconds;
	const rank = ({ priority }: ExceptionCase) => (priority === 'high' ? 0 : 1);
	return exceptions
		.filter(({ state }) => state === 'open')
		.toSorted((a, b) => rank(a) - rank(b) || openedMs(a) - openedMs(b));
}

/** What needs a person at this site: both sides of the story, and the way to close it for those who may. */
export function ExceptionList({ time }: { readonly time: TimeText }) {
	const { t } = useTranslation('sync');
	const exceptions = useExceptions();
	const { signedIn } = useDeviceStatus();
	const record = useRecord();
	const [resolving, setResolving] = useState<ExceptionCase | null>(null);
	const open = useMemo(() => openOnes(exceptions), [exceptions]);
	const mayResolve = mayRecord('resolve_exception', signedIn?.roles ?? []);
	const resolve = async (exceptionCase: ExceptionCase, note: string) => {
		if (await record('resolve_exception', { exceptionId: exceptionCase.id, note })) setResolving(null);
	};
	return (
		<section aria-label={open.length === 0 ? t('exceptions.none') : t('exceptions.title', { count: open.length })}>
			<Title order={2} mb="sm">
				{open.length === 0 ? t('exceptions.none') : t('exceptions.title', { count: open.length })}
			</Title>
			<Stack gap="sm">
				{open.map((each) => (
					<ExceptionCard
						key={each.id}
						exceptionCase={each}
						time={time}
						onResolve={mayResolve ? () => setResolving(each) : undefined}
					/>
				))}
				{open.length === 0 || mayResolve ? null : <Text c="dimmed">{t('exceptions.needsManager')}</Text>}
			</Stack>
			{resolving === null ? null : (
				<ResolveDialog
					exceptionCase={resolving}
					onResolve={(note) => void resolve(resolving, note)}
					onClose={() => setResolving(null)}
				/>
			)}
		</section>
	);
}

function ExceptionCard(props: {
	readonly exceptionCase: ExceptionCase;
	readonly time: TimeText;
	readonly onResolve: (() => void) | undefined;
}) {
	const { t } = useTranslation('sync');
	const navigate = useNavigate();
	const { exceptionCase, time, onResolve } = props;
	const { exceptionKind, priority, orderNumber, fact, plan, actorName, openedAt } = exceptionCase;
	const order =
		orderNumber === undefined ? undefined : currentDocuments('order').find(({ number }) => number === orderNumber);
	return (
		<Paper withBorder p="md" radius="md" className={classes.exception} data-priority={priority}>
			<Stack gap={6}>
				<Group justify="space-between" wrap="nowrap" align="start">
					<Text fw={650} size="lg">
						{t(`attention.exception.${exceptionKind}.why`)}
					</Text>
					{priority === 'high' ? (
						<Badge color="red.9" size="lg" tt="none">
							{t('exceptions.high')}
						</Badge>
					) : null}
				</Group>
				<Text>{t(`attention.exception.${exceptionKind}.whatToDo`)}</Text>
				<Text size="sm">
					<b>{t('exceptions.device')}:</b> {fact} ({t('exceptions.by', { name: actorName, time: time.time(openedAt) })})
				</Text>
				<Text size="sm">
					<b>{t('exceptions.central')}:</b> {plan}
				</Text>
				<ExceptionEvidence exceptionCase={exceptionCase} time={time} />
				<Group justify="space-between">
					{order === undefined ? (
						<Text c="dimmed">
							{orderNumber === undefined ? '' : t('exceptions.openOrder', { number: orderNumber })}
						</Text>
					) : (
						<Anchor
							component="button"
							onClick={() => void navigate({ to: '/orders/$orderId', params: { orderId: order.id } })}
						>
							{t('exceptions.openOrder', { number: order.number })}
						</Anchor>
					)}
					{onResolve === undefined ? null : (
						<Button variant="default" onClick={onResolve}>
							{t('exceptions.resolve')}
						</Button>
					)}
				</Group>
			</Stack>
		</Paper>
	);
}

function ResolveDialog(props: {
	readonly exceptionCase: ExceptionCase;
	readonly onResolve: (note: string) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('sync');
	const [note, setNote] = useState('');
	return (
		<Modal opened onClose={props.onClose} title={t('exceptions.resolveTitle')} size="lg">
			<Stack gap="md">
				<Text>{props.exceptionCase.fact}</Text>
				<Textarea
					label={t('exceptions.note')}
					value={note}
					onChange={(event) => setNote(event.currentTarget.value)}
					maxLength={500}
					data-autofocus
					required
				/>
				<Group justify="flex-end">
					<Button variant="default" onClick={props.onClose}>
						{t('exceptions.cancel')}
					</Button>
					<Button disabled={note.trim() === ''} onClick={() => props.onResolve(note.trim())}>
						{t('exceptions.confirm')}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}
