import { Badge, Group, Stack, Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CountDifference, countDifferences } from '../../../../shared/domain/count-differences.ts';
import { seenDifferences } from '../../../../shared/domain/decide-count-case.ts';
import { mayRecord } from '../../../../shared/domain/permissions.ts';
import { timesMoney } from '../../../../shared/money.ts';
import type { CountCase } from '../../../../shared/schema/count.ts';
import { useDeviceValues, useRecord } from '../../device/index.ts';
import { useCount, useReplicaReady } from '../../replica/index.ts';
import {
	ChoiceDialog,
	EmptyState,
	LoadingState,
	ProblemState,
	Screen,
	type ScreenAction,
	useMoneyText,
	useVerdict,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import { unsettledCodes } from './count-progress.ts';

/** The same list each time: another one would draw the screen again. */
const nobody: readonly never[] = [];

/** `/count/case/$countId/review`: what differs, line by line; a manager takes it into the books or has it counted once more. */
export function ReviewScreen() {
	const { countId } = useParams({ strict: false });
	const { t } = useTranslation('count');
	const counting = useCount(countId);
	const isReady = useReplicaReady();
	if (counting !== null) return <Review counting={counting} />;
	return (
		<Screen title={t('review.title')}>
			{isReady ? <ProblemState title={t('case.gone')}>{t('case.goneDetail')}</ProblemState> : <LoadingState />}
		</Screen>
	);
}

function Review({ counting }: { readonly counting: CountCase }) {
	const { t } = useTranslation('count');
	const navigate = useNavigate();
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? nobody }));
	const [again, setAgain] = useState<ReadonlySet<string>>(new Set());
	const [isPosting, setIsPosting] = useState(false);
	const { id: countId, state } = counting;
	const differences = countDifferences(counting).filter(({ difference }) => difference !== 0);
	const codes = unsettledCodes(counting).length;
	const mayReview = mayRecord('post_count', roles);
	const isWaiting = state === 'submitted' || state === 'in_review';
	const toggle = ({ sku }: CountDifference) => {
		const next = new Set(again);
		if (!next.delete(sku)) next.add(sku);
		setAgain(next);
	};
	const review = async (recount: readonly string[]) => {
		if (!(await record('review_count', { countId, recount: [...recount] }))) return;
		if (recount.length > 0) void navigate({ to: '/count' });
		else say({ kind: 'right', title: t('review.begun'), detail: t('review.begunDetail') });
	};
	const post = async () => {
		setIsPosting(false);
		if (!(await record('post_count', { countId, differences: [...seenDifferences(counting)] }))) return;
		say({ kind: 'right', title: t('review.posted', { count: differences.length }), detail: t('review.postedDetail') });
	};
	const cancel = async () => {
		if (await record('cancel_count', { countId })) void navigate({ to: '/count' });
	};
	const actions: readonly ScreenAction[] = [
		{
			key: 'F2',
			label: t('case.tray', { count: codes }),
			disabled: codes === 0,
			onAct: () => void navigate({ to: '/count/case/$countId/tray', params: { countId } }),
		},
		{
			key: 'F6',
			label: t('review.recount', { count: again.size }),
			disabled: !mayReview || again.size === 0 || !isWaiting,
			onAct: () => void review([...again]),
		},
		{
			key: 'F8',
			label: t('review.post'),
			disabled: !mayReview || state !== 'in_review' || codes > 0 || again.size > 0,
			onAct: () => setIsPosting(true),
		},
		{ key: 'F9', label: t('review.cancel'), disabled: !mayReview || !isWaiting, onAct: () => void cancel() },
	];
	return (
		<Screen
			title={t('review.title')}
			subtitle={t(`state.${state}`)}
			primary={
				state === 'submitted' && mayReview ? { label: t('review.begin'), onAct: () => void review([]) } : undefined
			}
			actions={actions}
		>
			<Stack h="100%" gap="md">
				<VerdictPanel verdict={verdict} />
				<Text c="dimmed">{mayReview ? t('review.hint') : t('review.needsManager')}</Text>
				{codes === 0 ? null : <Text fw={600}>{t('review.codes', { count: codes })}</Text>}
				<div style={{ flex: 1, minHeight: 0 }}>
					{differences.length === 0 ? (
						<EmptyState title={t('review.empty')}>{t('review.emptyHint')}</EmptyState>
					) : (
						<VirtualList
							label={t('review.list')}
							rows={differences}
							rowKey={({ sku, bin, lot }) => JSON.stringify([sku, bin, lot])}
							autoFocus
							onOpen={toggle}
							renderRow={(row) => <DifferenceRow row={row} isAgain={again.has(row.sku)} />}
						/>
					)}
				</div>
			</Stack>
			{isPosting ? (
				<ChoiceDialog
					title={t('review.postTitle')}
					choices={[{ key: '1', label: t('review.postYes'), value: true }]}
					onChoose={() => void post()}
					onClose={() => setIsPosting(false)}
				>
					<Text>{t('review.postDetail', { count: differences.length })}</Text>
				</ChoiceDialog>
			) : null}
		</Screen>
	);
}

function DifferenceRow({ row, isAgain }: { readonly row: CountDifference; readonly isAgain: boolean }) {
	const { t } = useTranslation('count');
	const money = useMoneyText();
	const { name, bin, lot, expected, counted, difference, unitPrice, turn, countedBy } = row;
	const sign = difference > 0 ? '+' : '−';
	return (
		<Group wrap="nowrap" gap="lg">
			<Stack gap={0} flex={1} style={{ minWidth: 0 }}>
				<Text fw={650} truncate>
					{name}
				</Text>
				<Text c="dimmed" size="sm" truncate>
					{[bin, lot === '' ? t('review.noLot') : lot, countedBy.join(', ')]
						.filter((each) => each !== undefined && each !== '')
						.join(' · ')}
				</Text>
			</Stack>
			<Text w={220}>{t('review.numbers', { counted, expected })}</Text>
			<Text fw={700} size="lg" w={70} ta="right">
				{`${sign}${Math.abs(difference)}`}
			</Text>
			<Text w={110} ta="right">
				{unitPrice === undefined ? '' : `${sign}${money(timesMoney(unitPrice, Math.abs(difference)))}`}
			</Text>
			<Badge variant={isAgain ? 'filled' : 'default'} size="lg" tt="none" w={170}>
				{isAgain ? t('review.again') : t('review.turn', { count: turn })}
			</Badge>
		</Group>
	);
}
