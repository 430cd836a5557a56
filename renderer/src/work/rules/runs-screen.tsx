import { Table, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoutingRun } from '../../../../shared/protocol/routing-run-messages.ts';
import type { Role } from '../../../../shared/schema/associate.ts';
import { useDeviceValues } from '../../device/index.ts';
import { EmptyState, LoadingState, ProblemState, Screen, useMoneyText, useTimeText } from '../../ui/index.ts';
import { PartsNav } from './parts-nav.tsx';
import classes from './rules.module.css';
import { askRules } from './use-rules-desk.ts';

const none: readonly Role[] = [];

type Asked =
	| { readonly kind: 'asking' | 'away' | 'refused' }
	| { readonly kind: 'known'; readonly runs: readonly RoutingRun[] };

/** `/rules/runs`: what each routing run looked at, moved and saved. Only operations sees it, and only while central can be asked. */
export function RunsScreen() {
	const { t } = useTranslation('rules');
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? none }));
	const isAllowed = roles.includes('operations');
	const { asked, reload } = useRuns(isAllowed);
	const shown = isAllowed ? asked : ({ kind: 'role' } as const);
	return (
		<Screen title={t('runs.title')} actions={[{ key: 'F6', label: t('again'), onAct: reload, disabled: !isAllowed }]}>
			<div className={classes.page}>
				<PartsNav here="runs" />
				<Text c="dimmed">{t('runs.lead')}</Text>
				{shown.kind === 'asking' ? <LoadingState rows={4} /> : null}
				{shown.kind === 'role' || shown.kind === 'away' || shown.kind === 'refused' ? (
					<ProblemState
						title={t(`runs.cannot.${shown.kind}`)}
						action={shown.kind === 'role' ? undefined : { label: t('again'), onAct: reload }}
					>
						{t(`runs.hint.${shown.kind}`)}
					</ProblemState>
				) : null}
				{shown.kind === 'known' && shown.runs.length === 0 ? (
					<EmptyState title={t('runs.emptyTitle')}>{t('runs.empty')}</EmptyState>
				) : null}
				{shown.kind === 'known' && shown.runs.length > 0 ? <RunsTable runs={shown.runs} /> : null}
			</div>
		</Screen>
	);
}

/** Nothing is asked while `isAllowed` is false. */
function useRuns(isAllowed: boolean): { readonly asked: Asked; readonly reload: () => void } {
	const [asked, setAsked] = useState<Asked>({ kind: 'asking' });
	const [turn, setTurn] = useState(0);
	useEffect(() => {
		if (!isAllowed) return;
		// Asked anew when somebody wants it: the number is only a reason to ask.
		let isCurrent = turn >= 0;
		void askRules('routing_runs', {}).then((result) => {
			if (!isCurrent) return;
			if (result.ok) setAsked({ kind: 'known', runs: result.answer.runs });
			else setAsked({ kind: result.reason === 'unreachable' ? 'away' : 'refused' });
		});
		return () => {
			isCurrent = false;
		};
	}, [isAllowed, turn]);
	return { asked, reload: useCallback(() => setTurn((before) => before + 1), []) };
}

function RunsTable({ runs }: { readonly runs: readonly RoutingRun[] }) {
	const { t } = useTranslation('rules');
	return (
		<Table aria-label={t('runs.title')}>
			<Table.Thead>
				<Table.Tr>
					<Table.Th>{t('runs.at')}</Table.Th>
					<Table.Th>{t('runs.found')}</Table.Th>
					<Table.Th>{t('runs.moves')}</Table.Th>
					<Table.Th ta="right">{t('runs.saved')}</Table.Th>
					<Table.Th>{t('runs.gap')}</Table.Th>
				</Table.Tr>
			</Table.Thead>
			<Table.Tbody>
				{runs.map((run) => (
					<RunRow key={run.id} run={run} />
				))}
			</Table.Tbody>
		</Table>
	);
}

function RunRow({ run: { state, startedAt, findings, moves, savedMinor, problem } }: { readonly run: RoutingRun }) {
	const { t, i18n } = useTranslation('rules');
	const time = useTimeText();
	const money = useMoneyText();
	const moved = [
		...(moves.applied > 0 ? [t('runs.applied', { count: moves.applied })] : []),
		...(moves.dropped > 0 ? [t('runs.dropped', { count: moves.dropped })] : []),
	];
	return (
		<Table.Tr>
			<Table.Td>
				{time.time(startedAt)} ({t(`runs.state.${state}`)})
				{problem === undefined ? null : (
					<Text size="sm" c="dimmed">
						{problem}
					</Text>
				)}
			</Table.Td>
			<Table.Td>{findings === undefined ? '–' : t('runs.orders', { count: findings.orders })}</Table.Td>
			<Table.Td>{moved.length === 0 ? t('runs.nothing') : moved.join(' · ')}</Table.Td>
			<Table.Td ta="right">
				{findings === undefined ? '–' : money({ minor: savedMinor, currency: findings.currency })}
			</Table.Td>
			<Table.Td>{findings === undefined ? '–' : gapText(findings)}</Table.Td>
		</Table.Tr>
	);

	function gapText({ gap, chosenBy, because, seconds }: NonNullable<RoutingRun['findings']>): string {
		const words = {
			gap: new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 }).format(gap),
			seconds: new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(seconds),
		};
		return because === undefined
			? t('runs.chosen', { ...words, by: chosenBy })
			: t('runs.because', { ...words, reason: t(`runs.why.${because}`, { defaultValue: because }) });
	}
}
