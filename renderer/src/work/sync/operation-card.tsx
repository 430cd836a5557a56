import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import type { ExceptionCase } from '../../../../shared/schema/exception-case.ts';
import { showNotice } from '../../app/notices.ts';
import {
	type OperationAction,
	type OperationFate,
	openDeviceClient,
	operationActions,
	useDeviceValues,
	useRecord,
} from '../../device/index.ts';
import { exceptionSentence } from '../../fulfillment/exception-sentence.ts';
import { useFulfillmentOrder, useOrder } from '../../replica/index.ts';
import { Key, type TimeText, useScreenKeys } from '../../ui/index.ts';
import { ExceptionSides } from './exception-sides.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { operationInstant, StateWord, settledWords } from './operation-row.tsx';
import { operationSentence, type SentenceDocuments } from './operation-sentence.ts';
import classes from './sync-screen.module.css';

const keys: Readonly<Record<OperationAction, string>> = {
	put_back: 'F2',
	open_order: 'F3',
	ask_manager: 'F6',
	set_aside: 'F7',
	send_now: 'F8',
	retry: 'F8',
	resolve: 'F9',
};
const withNote = ['ask_manager', 'set_aside', 'resolve'] as const;
type Question = (typeof withNote)[number];

interface OperationCardProps {
	readonly journaled: JournaledOperation;
	readonly fate: OperationFate;
	readonly documents: SentenceDocuments;
	readonly time: TimeText;
}

/** The chosen operation: all of its sentence, how it stands and why, both sides where they differ, and what can be done. */
export function OperationCard({ journaled, fate, documents, time }: OperationCardProps) {
	const { t } = useTranslation('sync');
	const { signedIn } = useDeviceValues((status) => ({ signedIn: status.signedIn }));
	const { operation } = journaled;
	const target = operation.payload as { readonly fulfillmentOrderId?: string; readonly orderId?: string } | null;
	const fulfillment = useFulfillmentOrder(target?.fulfillmentOrderId);
	const order = useOrder(target?.orderId);
	const [question, setQuestion] = useState<Question | null>(null);
	const [openException] = fate.openExceptions;
	const act = useActions(journaled, openException, target);
	const actions = operationActions(journaled, fate, {
		hasPutBack: (fulfillment?.putBack.length ?? 0) > 0,
		hasOrder: order !== null,
		roles: signedIn?.roles ?? [],
	});
	const press = (action: OperationAction) => {
		const asks = withNote.find((each) => each === action);
		if (asks === undefined) void act(action, '');
		else setQuestion(asks);
	};
	useScreenKeys(actions.map((action) => ({ key: keys[action], onAct: () => press(action) })));
	const sentence = operationSentence(operation, documents, signedIn?.associateId ?? null, t);
	const settled = settledWords(fate, time, t);
	return (
		<Paper
			component="section"
			withBorder
			p="md"
			radius="md"
			aria-label={t('chosen')}
			className={classes.exception}
			data-priority={fate.word === 'needs_attention' ? 'high' : 'none'}
		>
			<Stack gap={6}>
				<Group justify="space-between" wrap="nowrap">
					<StateWord word={fate.word} isSettled={settled !== null} />
					<Text c="dimmed">{time.time(operationInstant(operation))}</Text>
				</Group>
				<Text fw={650} size="lg" lh={1.35}>
					{sentence}
				</Text>
				{fate.why === null ? (
					<Text>{t(`stateMeans.${fate.word}`)}</Text>
				) : (
					<Text>
						{t(`attention.${fate.why}.why`)} {settled === null ? t(`attention.${fate.why}.whatToDo`) : ''}
					</Text>
				)}
				{settled === null ? null : <Text fw={600}>{settled}</Text>}
				{fate.openExceptions.map((each) => (
					<ExceptionSides key={each.id} exceptionCase={each} time={time} />
				))}
				<Group gap="xs" role="toolbar" aria-label={t('act.title')}>
					{actions.map((action) => (
						<Button
							key={action}
							size="sm"
							px="sm"
							variant="default"
							onClick={() => press(action)}
							rightSection={<Key name={keys[action]} />}
						>
							{t(`act.${action}`)}
						</Button>
					))}
				</Group>
			</Stack>
			{question === null ? null : (
				<NoteQuestion
					question={question}
					sentence={sentence}
					exceptionCase={openException}
					onClose={() => setQuestion(null)}
					onConfirm={async (note) => {
						if (await act(question, note)) setQuestion(null);
					}}
				/>
			)}
		</Paper>
	);
}

/** Does what a button says; true when it is done, or saved to be done. */
function useActions(
	{ operation }: JournaledOperation,
	exceptionCase: ExceptionCase | undefined,
	target: { readonly fulfillmentOrderId?: string; readonly orderId?: string } | null,
): (action: OperationAction, note: string) => Promise<boolean> {
	const { t } = useTranslation('sync');
	const navigate = useNavigate();
	const record = useRecord();
	const operationId = operation.opId;
	const exceptionId = exceptionCase?.id ?? '';
	return async (action, note) => {
		switch (action) {
			case 'send_now': {
				const client = await openDeviceClient();
				await client.retryNow();
				showNotice({ kind: 'attention', title: t('said.send_now') });
				return true;
			}
			case 'put_back':
				void navigate({
					to: '/pick/$fulfillmentOrderId',
					params: { fulfillmentOrderId: target?.fulfillmentOrderId ?? '' },
				});
				return true;
			case 'open_order':
				void navigate({ to: '/orders/$orderId', params: { orderId: target?.orderId ?? '' } });
				return true;
			case 'retry': {
				const isSaved = await record('retry_operation', { exceptionId, operationId });
				if (isSaved) showNotice({ kind: 'attention', title: t('said.retry') });
				return isSaved;
			}
			case 'ask_manager': {
				const isSaved = await record('ask_manager', { exceptionId, note });
				if (isSaved) showNotice({ kind: 'attention', title: t('said.ask_manager') });
				return isSaved;
			}
			case 'set_aside': {
				const isSaved = await record('set_aside', { operationId, reason: note });
				if (isSaved) showNotice({ kind: 'attention', title: t('said.set_aside') });
				return isSaved;
			}
			case 'resolve':
				return record('resolve_exception', { exceptionId, note });
		}
	};
}

function NoteQuestion(props: {
	readonly question: Question;
	readonly sentence: string;
	readonly exceptionCase: ExceptionCase | undefined;
	readonly onConfirm: (note: string) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('sync');
	const { t: inFulfillment } = useTranslation('fulfillment');
	const { question, sentence, exceptionCase, onConfirm, onClose } = props;
	const words = {
		ask_manager: { title: t('ask.title'), label: t('ask.label'), confirm: t('ask.confirm') },
		set_aside: { title: t('aside.title'), label: t('aside.label'), confirm: t('aside.confirm') },
		resolve: { title: t('exceptions.resolveTitle'), label: t('exceptions.note'), confirm: t('exceptions.confirm') },
	}[question];
	const follows = { ask_manager: t('ask.explanation'), set_aside: t('aside.explanation'), resolve: '' }[question];
	return (
		<NoteDialog {...words} onConfirm={onConfirm} onClose={onClose}>
			<Text fw={600}>
				{question === 'resolve' && exceptionCase !== undefined
					? exceptionSentence(inFulfillment, exceptionCase).happened
					: sentence}
			</Text>
			<Text>{follows}</Text>
		</NoteDialog>
	);
}
