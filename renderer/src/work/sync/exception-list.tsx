import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRecord } from '../../../../shared/domain/permissions.ts';
import type { ExceptionCase, ExceptionKind } from '../../../../shared/schema/exception-case.ts';
import { useDeviceValues, useRecord } from '../../device/index.ts';
import { exceptionSentence } from '../../fulfillment/exception-sentence.ts';
import { currentDocuments, useFulfillmentOrder } from '../../replica/index.ts';
import type { TimeText } from '../../ui/index.ts';
import { ExceptionSides } from './exception-sides.tsx';
import { NoteDialog } from './note-dialog.tsx';
import classes from './sync-screen.module.css';

/** Urgent and old ones first. */
function inOrderOfUrgency(exceptions: readonly ExceptionCase[]): readonly ExceptionCase[] {
	const openedMs = ({ openedAt }: ExceptionCase) => Temporal.Instant.from(openedAt).epochMilliseconds;
	const rank = ({ priority }: ExceptionCase) => (priority === 'high' ? 0 : 1);
	return exceptions.toSorted((a, b) => rank(a) - rank(b) || openedMs(a) - openedMs(b));
}

type Question = { readonly about: ExceptionCase; readonly kind: 'resolve' | 'ask_manager' };

/** What needs a person at this site: both sides of the story, and what this person can do about it. */
export function ExceptionList(props: { readonly openExceptions: readonly ExceptionCase[]; readonly time: TimeText }) {
	const { t } = useTranslation('sync');
	const { t: inFulfillment } = useTranslation('fulfillment');
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? none }));
	const record = useRecord();
	const [question, setQuestion] = useState<Question | null>(null);
	const open = useMemo(() => inOrderOfUrgency(props.openExceptions), [props.openExceptions]);
	const mayResolve = mayRecord('resolve_exception', roles);
	const title = open.length === 0 ? t('exceptions.none') : t('exceptions.title', { count: open.length });
	const answer = async ({ about, kind }: Question, note: string) => {
		const isSaved =
			kind === 'resolve'
				? await record('resolve_exception', { exceptionId: about.id, note })
				: await record('ask_manager', { exceptionId: about.id, note });
		if (isSaved) setQuestion(null);
	};
	return (
		<section aria-label={title}>
			<Title order={2} mb="sm">
				{title}
			</Title>
			<Stack gap="sm">
				{open.map((each) => (
					<ExceptionCard
						key={each.id}
						exceptionCase={each}
						time={props.time}
						onResolve={mayResolve ? () => setQuestion({ about: each, kind: 'resolve' }) : undefined}
						onAsk={
							mayResolve || each.askedBy !== undefined
								? undefined
								: () => setQuestion({ about: each, kind: 'ask_manager' })
						}
					/>
				))}
				{open.length === 0 || mayResolve ? null : <Text c="dimmed">{t('exceptions.needsManager')}</Text>}
			</Stack>
			{question === null ? null : (
				<NoteDialog
					title={question.kind === 'resolve' ? t('exceptions.resolveTitle') : t('ask.title')}
					label={question.kind === 'resolve' ? t('exceptions.note') : t('ask.label')}
					confirm={question.kind === 'resolve' ? t('exceptions.confirm') : t('ask.confirm')}
					onConfirm={(note) => void answer(question, note)}
					onClose={() => setQuestion(null)}
				>
					{exceptionSentence(inFulfillment, question.about).happened}
				</NoteDialog>
			)}
		</section>
	);
}

const none: readonly never[] = [];
const countSettles: readonly ExceptionKind[] = [
	'stock_below_zero',
	'units_short',
	'not_enough_stock',
	'count_differs',
	'counted_late',
	'adjusted_over_limit',
	'closed_bin_used',
];

function ExceptionCard(props: {
	readonly exceptionCase: ExceptionCase;
	readonly time: TimeText;
	readonly onResolve: (() => void) | undefined;
	readonly onAsk: (() => void) | undefined;
}) {
	const { t } = useTranslation('sync');
	const navigate = useNavigate();
	const { exceptionCase, time, onResolve, onAsk } = props;
	const { exceptionKind, priority, orderNumber, fulfillmentOrderId, sku } = exceptionCase;
	const fulfillment = useFulfillmentOrder(fulfillmentOrderId);
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
						<Badge color="red.9" size="lg" tt="none" style={{ flexShrink: 0 }}>
							{t('exceptions.high')}
						</Badge>
					) : null}
				</Group>
				<Text>{t(`attention.exception.${exceptionKind}.whatToDo`)}</Text>
				<ExceptionSides exceptionCase={exceptionCase} time={time} />
				<Group justify="flex-end" gap="xs">
					{order === undefined ? (
						<Text c="dimmed" mr="auto">
							{orderNumber === undefined ? '' : t('exceptions.openOrder', { number: orderNumber })}
						</Text>
					) : (
						<Anchor
							component="button"
							mr="auto"
							onClick={() => void navigate({ to: '/orders/$orderId', params: { orderId: order.id } })}
						>
							{t('exceptions.openOrder', { number: order.number })}
						</Anchor>
					)}
					{fulfillment === null || fulfillment.putBack.length === 0 ? null : (
						<Button
							size="sm"
							variant="default"
							onClick={() =>
								void navigate({ to: '/pick/$fulfillmentOrderId', params: { fulfillmentOrderId: fulfillment.id } })
							}
						>
							{t('act.put_back')}
						</Button>
					)}
					{sku === undefined || !countSettles.includes(exceptionKind) ? null : (
						<Button size="sm" variant="default" onClick={() => void navigate({ to: '/count/$sku', params: { sku } })}>
							{t('act.count')}
						</Button>
					)}
					{onAsk === undefined ? null : (
						<Button size="sm" variant="default" onClick={onAsk}>
							{t('act.ask_manager')}
						</Button>
					)}
					{onResolve === undefined ? null : (
						<Button size="sm" variant="default" onClick={onResolve}>
							{t('exceptions.resolve')}
						</Button>
					)}
				</Group>
			</Stack>
		</Paper>
	);
}
