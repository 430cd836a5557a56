import { Alert, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { Fragment, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayComparison } from '../../../../shared/protocol/replay-messages.ts';
import { EmptyState } from '../../ui/index.ts';
import { ReplayBars } from './replay-bars.tsx';
import { costFigures, type Figure, siteFigures, totalFigures } from './replay-figures.ts';
import classes from './routing-replay.module.css';
import { useFigureText } from './use-figure-text.ts';

/** Both runs side by side: totals, cost, the load of each site, and the orders that go elsewhere. Each chart is a table, too. */
export function ReplayResult({ comparison }: { readonly comparison: ReplayComparison }) {
	const { t } = useTranslation('routing-replay');
	const { day, before, faultCount } = comparison;
	const top = useRef<HTMLDivElement>(null);
	// What was waited for comes into view; the form above it stays as it is.
	useEffect(() => {
		top.current?.scrollIntoView({ block: 'start' });
	}, []);
	return (
		<Stack gap="lg" ref={top}>
			<Text role="status">
				{day === undefined
					? t('result.ofFile', { count: before.orders })
					: t('result.ofDay', { count: before.orders, day })}
			</Text>
			{faultCount === 0 ? null : <Faults comparison={comparison} />}
			<Totals comparison={comparison} />
			<Costs comparison={comparison} />
			<Loads comparison={comparison} />
			<Moved comparison={comparison} />
		</Stack>
	);
}

function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
	const id = useId();
	return (
		<section aria-labelledby={id}>
			<Title order={2} size="h3" id={id}>
				{title}
			</Title>
			{note === undefined ? null : <Text c="dimmed">{note}</Text>}
			{children}
		</section>
	);
}

type Part = { readonly comparison: ReplayComparison };

function Totals({ comparison }: Part) {
	const { t } = useTranslation('routing-replay');
	const text = useFigureText(comparison);
	return (
		<Section title={t('result.totals')} note={t('result.sameCosts')}>
			<Table className={classes.table} aria-label={t('result.totals')}>
				<Head first={t('result.figure')} last={t('result.verdict')} />
				<Table.Tbody>
					{totalFigures(comparison).map((figure) => (
						<Table.Tr key={figure.name}>
							<Table.Th scope="row">{t(`total.${figure.name}`)}</Table.Th>
							<Numbers figure={figure} text={text} />
							<Table.Td>{figure.verdict === 'neither' ? '' : t(`verdict.${figure.verdict}`)}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</Section>
	);
}

function Head({ first, last }: { readonly first: string; readonly last: ReactNode }) {
	const { t } = useTranslation('routing-replay');
	return (
		<Table.Thead>
			<Table.Tr>
				<Table.Th>{first}</Table.Th>
				<Table.Th data-number>{t('result.before')}</Table.Th>
				<Table.Th data-number>{t('result.after')}</Table.Th>
				<Table.Th data-number>{t('result.difference')}</Table.Th>
				<Table.Th>{last}</Table.Th>
			</Table.Tr>
		</Table.Thead>
	);
}

function Numbers({ figure, text }: { readonly figure: Figure; readonly text: ReturnType<typeof useFigureText> }) {
	return (
		<>
			<Table.Td data-number>{text.figure(figure.kind, figure.before)}</Table.Td>
			<Table.Td data-number>{text.figure(figure.kind, figure.after)}</Table.Td>
			<Table.Td data-number>{text.difference(figure.kind, figure.difference)}</Table.Td>
		</>
	);
}

function Legend() {
	const { t } = useTranslation('routing-replay');
	return (
		<Group gap="md" className={classes.legend}>
			<span>
				<span className={`${classes.before} ${classes.sample}`} aria-hidden="true" /> {t('result.before')}
			</span>
			<span>
				<span className={`${classes.after} ${classes.sample}`} aria-hidden="true" /> {t('result.after')}
			</span>
		</Group>
	);
}

function Costs({ comparison }: Part) {
	const { t } = useTranslation('routing-replay');
	const text = useFigureText(comparison);
	const figures = costFigures(comparison);
	if (figures.length === 0) return null;
	const most = Math.max(...figures.flatMap(({ before, after }) => [before, after]));
	return (
		<Section title={t('result.costs')}>
			<Table className={classes.table} aria-label={t('result.costs')}>
				<Head first={t('result.costOf')} last={<Legend />} />
				<Table.Tbody>
					{figures.map((figure) => (
						<Table.Tr key={figure.name}>
							<Table.Th scope="row">{t(`term.${figure.name}`)}</Table.Th>
							<Numbers figure={figure} text={text} />
							<Table.Td>
								<ReplayBars before={figure.before} after={figure.after} most={most} />
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</Section>
	);
}

const loadColumns = ['units', 'parcels', 'share'] as const;

function Loads({ comparison }: Part) {
	const { t } = useTranslation('routing-replay');
	const text = useFigureText(comparison);
	const figures = siteFigures(comparison);
	if (figures.length === 0) return null;
	const most = Math.max(...figures.flatMap(({ unitsBefore, unitsAfter }) => [unitsBefore, unitsAfter]));
	const share = (value: number | null) => (value === null ? '–' : text.figure('share', value));
	return (
		<Section title={t('result.loads')}>
			<Table className={classes.table} aria-label={t('result.loads')}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th rowSpan={2}>{t('result.site')}</Table.Th>
						{loadColumns.map((name) => (
							<Table.Th key={name} colSpan={2} scope="colgroup" ta="center">
								{t(`result.${name}`)}
							</Table.Th>
						))}
						<Table.Th rowSpan={2}>
							<Legend />
						</Table.Th>
					</Table.Tr>
					<Table.Tr>
						{loadColumns.map((name) => (
							<Fragment key={name}>
								<Table.Th data-number>{t('result.before')}</Table.Th>
								<Table.Th data-number>{t('result.after')}</Table.Th>
							</Fragment>
						))}
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{figures.map((site) => (
						<Table.Tr key={site.siteId}>
							<Table.Th scope="row">{site.siteName}</Table.Th>
							<Table.Td data-number>{text.figure('count', site.unitsBefore)}</Table.Td>
							<Table.Td data-number>{text.figure('count', site.unitsAfter)}</Table.Td>
							<Table.Td data-number>{text.figure('count', site.parcelsBefore)}</Table.Td>
							<Table.Td data-number>{text.figure('count', site.parcelsAfter)}</Table.Td>
							<Table.Td data-number>{share(site.shareBefore)}</Table.Td>
							<Table.Td data-number>{share(site.shareAfter)}</Table.Td>
							<Table.Td>
								<ReplayBars before={site.unitsBefore} after={site.unitsAfter} most={most} />
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</Section>
	);
}

function Moved({ comparison: { moved, movedOrders } }: Part) {
	const { t } = useTranslation('routing-replay');
	const sharesText = (shares: ReplayComparison['moved'][number]['before']) =>
		shares.length === 0
			? t('result.nowhere')
			: shares.map(({ siteName, units }) => t('result.part', { siteName, count: units })).join(', ');
	if (movedOrders === 0)
		return <EmptyState title={t('result.nothingMoved')}>{t('result.nothingMovedDetail')}</EmptyState>;
	const note = movedOrders > moved.length ? t('result.movedShown', { count: moved.length }) : undefined;
	return (
		<Section title={t('result.moved', { count: movedOrders })} {...(note === undefined ? {} : { note })}>
			<Table className={classes.table} aria-label={t('result.movedTable')}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{t('result.order')}</Table.Th>
						<Table.Th>{t('result.before')}</Table.Th>
						<Table.Th>{t('result.after')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{moved.map(({ order, before, after }) => (
						<Table.Tr key={order}>
							<Table.Th scope="row">{order}</Table.Th>
							<Table.Td>{sharesText(before)}</Table.Td>
							<Table.Td>{sharesText(after)}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</Section>
	);
}

function Faults({ comparison: { faults, faultCount } }: Part) {
	const { t } = useTranslation('routing-replay');
	return (
		<Alert title={t('result.faults', { count: faultCount })}>
			<List>
				{faults.map(({ place, what }) => (
					<List.Item key={place}>
						{place}: {what}
					</List.Item>
				))}
			</List>
		</Alert>
	);
}
