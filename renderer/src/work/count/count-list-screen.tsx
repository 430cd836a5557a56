import { Badge, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountCase } from '../../../../shared/schema/count.ts';
import { findProductByGtins, useCounts, useReplicaReady } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import {
	EmptyState,
	LoadingState,
	Screen,
	useTimeText,
	useVerdict,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import { countDestination, openCounts } from './open-counts.ts';

/** `/count`: the counts that are not closed. A scanned product is counted by itself, at once. */
export function CountListScreen() {
	const { t } = useTranslation('count');
	const navigate = useNavigate();
	const isReady = useReplicaReady();
	const counts = useCounts();
	const rows = useMemo(() => openCounts(counts), [counts]);
	const inOrder = useInOrder();
	const { verdict, say } = useVerdict();
	useScan(({ code }) => {
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const product = await findProductByGtins(code.gtins);
			if (product === null) say({ kind: 'wrong', title: t('unknown.title'), detail: code.gtins[0] });
			else void navigate({ to: '/count/$sku', params: { sku: product.id } });
		});
		return true;
	});
	return (
		<Screen
			title={t('title')}
			actions={[{ key: 'F2', label: t('list.begin'), onAct: () => void navigate({ to: '/count/case/new' }) }]}
		>
			<Stack h="100%" gap="md">
				<VerdictPanel verdict={verdict} />
				<Text c="dimmed">{t('list.hint')}</Text>
				<div style={{ flex: 1, minHeight: 0 }}>
					{rows.length > 0 ? (
						<VirtualList
							label={t('list.label')}
							rows={rows}
							rowKey={({ id }) => id}
							rowHeight={76}
							autoFocus
							placeName="counts"
							onOpen={(counting) => void navigate({ to: countDestination(counting) })}
							renderRow={(counting) => <CountRow counting={counting} />}
						/>
					) : isReady ? (
						<EmptyState title={t('list.empty')}>{t('list.emptyHint')}</EmptyState>
					) : (
						<LoadingState />
					)}
				</div>
			</Stack>
		</Screen>
	);
}

function CountRow({ counting }: { readonly counting: CountCase }) {
	const { t } = useTranslation('count');
	const time = useTimeText();
	const { asked, lines, reason, countKind, state, openedBy, openedAt } = counting;
	const [first] = asked;
	const what =
		asked.length === 1 && first !== undefined
			? `${first.name}${first.bin === '' ? '' : ` · ${first.bin}`}`
			: t('list.goods', { count: asked.length });
	return (
		<Group wrap="nowrap" gap="lg">
			<Stack gap={0} flex={1} style={{ minWidth: 0 }}>
				<Text fw={650} size="lg" truncate>
					{asked.length === 0 ? t(`kind.${countKind}`) : what}
				</Text>
				<Text c="dimmed" truncate>
					{t(`reason.${reason}`, { name: openedBy, time: time.time(openedAt) })}
				</Text>
			</Stack>
			<Text c="dimmed">{t('list.lines', { count: lines.length })}</Text>
			<Badge variant="default" size="lg" tt="none" fw={500} w={190}>
				{t(`state.${state}`)}
			</Badge>
		</Group>
	);
}
