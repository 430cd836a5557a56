import { Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayChoices } from '../../../../shared/protocol/replay-messages.ts';
import type { Role } from '../../../../shared/schema/associate.ts';
import { useDeviceValues } from '../../device/index.ts';
import { EmptyState, LoadingState, ProblemState, Screen } from '../../ui/index.ts';
import { packFile } from './pack-file.ts';
import { blankReplay, type FormProblems, type ReplayForm, readReplayForm } from './replay-form.ts';
import { ReplayFormView } from './replay-form-view.tsx';
import { ReplayResult } from './replay-result.tsx';
import classes from './routing-replay.module.css';
import { type ReplayRun, useReplayChoices, useReplayRun } from './use-replay.ts';

const none: readonly Role[] = [];

/** `/rules/replay`: what other rules, weights, capacities or closed sites would have done on a past day, or to a file. */
export function ReplayScreen() {
	const { t } = useTranslation('routing-replay');
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? none }));
	const isAllowed = roles.includes('operations') || roles.includes('manager');
	const { state, reload } = useReplayChoices(isAllowed);
	if (!isAllowed) {
		return (
			<Screen title={t('title')}>
				<ProblemState title={t('cannot.role')}>{t('cannot.roleDetail')}</ProblemState>
			</Screen>
		);
	}
	if (state.kind === 'here') return <ReplayDesk choices={state.choices} />;
	return (
		<Screen title={t('title')}>
			{state.kind === 'asking' ? (
				<LoadingState rows={4} />
			) : (
				<ProblemState title={t(`cannot.${state.kind}`)} action={{ label: t('again'), onAct: reload }}>
					{t(`cannot.${state.kind}Detail`)}
				</ProblemState>
			)}
		</Screen>
	);
}

const noProblems: FormProblems = {};

function ReplayDesk({ choices }: { readonly choices: ReplayChoices }) {
	const { t, i18n } = useTranslation('routing-replay');
	const { currency } = choices.weights;
	const [form, setForm] = useState<ReplayForm>({ ...blankReplay, day: choices.lastWholeDay ?? choices.lastDay ?? '' });
	const [file, setFile] = useState<File | null>(null);
	const [fileProblem, setFileProblem] = useState<string>();
	const [isTried, setTried] = useState(false);
	const { run, start, stop } = useReplayRun();
	const digits =
		new Intl.NumberFormat(i18n.language, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
	const read = readReplayForm(form, digits);
	const isRunning = run.kind === 'running';
	const begin = async () => {
		setTried(true);
		if (!read.ok) return;
		if (form.source === 'day') return start(read.request);
		if (file === null) return setFileProblem(t('problem.no_file'));
		const packed = await packFile(file);
		if (!packed.ok) return setFileProblem(t(`problem.${packed.reason}`));
		return start({ ...read.request, file: packed.file });
	};
	return (
		<Screen
			title={t('title')}
			subtitle={t('subtitle')}
			primary={{ label: t('act.run'), onAct: () => void begin(), disabled: isRunning }}
			actions={[{ key: 'F4', label: t('act.stop'), onAct: stop, disabled: !isRunning }]}
		>
			<div className={classes.page}>
				<ReplayFormView
					form={form}
					file={file}
					choices={choices}
					problems={read.ok || !isTried ? noProblems : read.problems}
					fileProblem={fileProblem}
					onChange={(changes) => setForm((before) => ({ ...before, ...changes }))}
					onFile={(chosen) => {
						setFile(chosen);
						setFileProblem(undefined);
					}}
				/>
				<RunView run={run} hasOrders={choices.lastDay !== undefined} />
			</div>
		</Screen>
	);
}

/** Problems of which the catalogs speak; of all others central's own words are shown. */
const knownProblems = ['busy', 'day_to_come', 'no_orders', 'no_draft', 'unusable_file', 'unknown_site'];

function RunView({ run, hasOrders }: { readonly run: ReplayRun; readonly hasOrders: boolean }) {
	const { t } = useTranslation('routing-replay');
	switch (run.kind) {
		case 'done':
			return <ReplayResult comparison={run.comparison} />;
		case 'running':
			return <Running done={run.done} of={run.of} />;
		case 'none':
			return <EmptyState title={t(hasOrders ? 'none.title' : 'none.noOrders')}>{t('none.detail')}</EmptyState>;
		case 'stopped':
			return <EmptyState title={t('stopped.title')}>{t('stopped.detail')}</EmptyState>;
		case 'failed':
			return (
				<ProblemState title={t('failed.title')}>
					{knownProblems.includes(run.error) ? t(`failed.${run.error}`, { message: run.message }) : run.message}
				</ProblemState>
			);
		default:
			return <ProblemState title={t(`cannot.${run.kind}`)}>{t(`cannot.${run.kind}Detail`)}</ProblemState>;
	}
}

function Running({ done, of }: { readonly done: number; readonly of: number }) {
	const { t } = useTranslation('routing-replay');
	return (
		<Stack gap="xs">
			<Text role="status">{of === 0 ? t('running.reading') : t('running.routing')}</Text>
			<Progress.Root size="lg">
				<Progress.Section
					value={of === 0 ? 0 : (100 * done) / of}
					aria-label={t('running.progress')}
					aria-valuetext={t('running.orders', { done, of })}
				/>
			</Progress.Root>
			<Text c="dimmed">{of === 0 ? '' : t('running.orders', { done, of })}</Text>
		</Stack>
	);
}
