import { Group, List, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewQuestion, RulesPreview } from '../../../../shared/protocol/rules-messages.ts';
import { EmptyState, LoadingState, ProblemState } from '../../ui/index.ts';
import classes from './rules.module.css';
import { askRules } from './use-rules-desk.ts';

type Shown =
	| { readonly kind: 'asking' }
	| { readonly kind: 'unreachable' | 'refused'; readonly detail: string }
	| { readonly kind: 'here'; readonly preview: RulesPreview };

/** What the draft would do to what can be sold of the stock that is there: before anybody publishes it. */
export function PreviewView({ revision }: { readonly revision: number }) {
	const { t } = useTranslation('rules');
	const [question, setQuestion] = useState<PreviewQuestion>({});
	const [shown, setShown] = useState<Shown>({ kind: 'asking' });
	const [day, setDay] = useState('');
	useEffect(() => {
		// Asked anew for each draft.
		let isCurrent = revision >= 0;
		void askRules('rules_preview', question).then((asked) => {
			if (!isCurrent) return;
			if (!asked.ok) setShown({ kind: asked.reason, detail: '' });
			else if (asked.answer.preview !== undefined) setShown({ kind: 'here', preview: asked.answer.preview });
			else setShown({ kind: 'refused', detail: asked.answer.problem?.message ?? '' });
		});
		return () => {
			isCurrent = false;
		};
	}, [question, revision]);
	if (shown.kind === 'asking') return <LoadingState rows={4} />;
	if (shown.kind !== 'here') {
		return (
			<ProblemState title={t(`preview.${shown.kind}`)} action={{ label: t('again'), onAct: () => setQuestion({}) }}>
				{shown.detail}
			</ProblemState>
		);
	}
	const { preview } = shown;
	const wayName = ({ channel, method }: RulesPreview['shown']) =>
		t('preview.way', { channel: channel ?? t('preview.otherChannels'), method: t(`method.${method}`) });
	const chosen = preview.ways.findIndex(
		({ channel, method }) => channel === preview.shown.channel && method === preview.shown.method,
	);
	const way = preview.ways[chosen];
	return (
		<Stack gap="lg">
			<Group align="end">
				<NativeSelect
					label={t('preview.choose')}
					value={String(chosen)}
					data={preview.ways.map((each, index) => ({ value: String(index), label: wayName(each) }))}
					onChange={(event) => {
						const next = preview.ways[Number(event.currentTarget.value)];
						if (next !== undefined) setQuestion({ ...question, channel: next.channel, method: next.method });
					}}
				/>
				<TextInput
					label={t('preview.on')}
					description={t('form.dayHint')}
					value={day}
					autoComplete="off"
					onChange={(event) => setDay(event.currentTarget.value)}
					onBlur={() => setQuestion((before) => withDay(before, day))}
					onKeyDown={(event) => {
						if (event.key !== 'Enter') return;
						event.preventDefault();
						setQuestion((before) => withDay(before, day));
					}}
				/>
			</Group>
			{way === undefined ? null : <Figures way={way} preview={preview} />}
			{preview.largest.length === 0 ? (
				<EmptyState title={t('preview.nothing')}>{t('preview.nothingDetail')}</EmptyState>
			) : (
				<>
					<Totals
						title={t('preview.byDepartment')}
						rows={preview.departments.map(({ department, ...units }) => ({ name: department, ...units }))}
					/>
					<Totals
						title={t('preview.bySite')}
						rows={preview.sites.map(({ siteName, ...units }) => ({ name: siteName, ...units }))}
					/>
					<Largest preview={preview} />
				</>
			)}
		</Stack>
	);
}

function withDay(question: PreviewQuestion, day: string): PreviewQuestion {
	const { on: _on, ...rest } = question;
	const next = /^\d{4}-\d{2}-\d{2}$/.test(day.trim()) ? { ...rest, on: day.trim() } : rest;
	return JSON.stringify(next) === JSON.stringify(question) ? question : next;
}

function Figures({ way, preview }: { readonly way: RulesPreview['ways'][number]; readonly preview: RulesPreview }) {
	const { t } = useTranslation('rules');
	const { promises } = preview;
	const figures = [
		['before', way.unitsBefore],
		['after', way.unitsAfter],
		['skusLost', way.skusLost],
		['skusGained', way.skusGained],
	] as const;
	const kept = [
		...(promises.reservedUnits > 0 ? [t('preview.reserved', { count: promises.reservedUnits })] : []),
		...(promises.rightUnits > 0 ? [t('preview.rights', { count: promises.rightUnits })] : []),
		...(promises.fulfillmentOrders > 0 ? [t('preview.orders', { count: promises.fulfillmentOrders })] : []),
	];
	return (
		<Stack gap="sm">
			<ul className={classes.figures} aria-label={t('preview.figures')}>
				{figures.map(([name, number]) => (
					<li key={name} className={classes.figure}>
						<span className={classes.number}>{number}</span>
						{t(`preview.${name}`, { count: number })}
					</li>
				))}
			</ul>
			<Text>{kept.length === 0 ? t('preview.noPromises') : t('preview.promises')}</Text>
			{kept.length === 0 ? null : (
				<List>
					{kept.map((each) => (
						<List.Item key={each}>{each}</List.Item>
					))}
				</List>
			)}
			{preview.warnings.length === 0 ? null : (
				<List aria-label={t('warnings')}>
					{preview.warnings.map(({ code, where, name, value }) => (
						<List.Item key={`${code} ${where}`}>{t(`warning.${code}`, { name, value, defaultValue: code })}</List.Item>
					))}
				</List>
			)}
		</Stack>
	);
}

interface TotalRow {
	readonly name: string;
	readonly unitsBefore: number;
	readonly unitsAfter: number;
	readonly skusLost: number;
	readonly skusGained: number;
}

function Totals({ title, rows }: { readonly title: string; readonly rows: readonly TotalRow[] }) {
	const { t } = useTranslation('rules');
	const most = Math.max(1, ...rows.map(({ unitsBefore, unitsAfter }) => Math.max(unitsBefore, unitsAfter)));
	return (
		<section>
			<Title order={2} size="h3">
				{title}
			</Title>
			<Table className={classes.table} aria-label={title}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{t('preview.name')}</Table.Th>
						<Table.Th data-number>{t('preview.before')}</Table.Th>
						<Table.Th data-number>{t('preview.after')}</Table.Th>
						<Table.Th data-number>{t('preview.skusLost')}</Table.Th>
						<Table.Th data-number>{t('preview.skusGained')}</Table.Th>
						<Table.Th>{t('preview.bar')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{rows.map(({ name, unitsBefore, unitsAfter, skusLost, skusGained }) => (
						<Table.Tr key={name}>
							<Table.Td>{name}</Table.Td>
							<Table.Td data-number>{unitsBefore}</Table.Td>
							<Table.Td data-number>{unitsAfter}</Table.Td>
							<Table.Td data-number>{skusLost}</Table.Td>
							<Table.Td data-number>{skusGained}</Table.Td>
							<Table.Td>
								<span className={classes.bar} aria-hidden="true">
									<span className={classes.after} style={{ width: `${(100 * unitsAfter) / most}%` }} />
									<span className={classes.before} style={{ width: `${(100 * unitsBefore) / most}%` }} />
								</span>
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</section>
	);
}

function Largest({ preview }: { readonly preview: RulesPreview }) {
	const { t } = useTranslation('rules');
	return (
		<section>
			<Title order={2} size="h3">
				{t('preview.largest')}
			</Title>
			<Table className={classes.table} aria-label={t('preview.largest')}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{t('preview.product')}</Table.Th>
						<Table.Th>{t('preview.site')}</Table.Th>
						<Table.Th data-number>{t('preview.before')}</Table.Th>
						<Table.Th data-number>{t('preview.after')}</Table.Th>
						<Table.Th>{t('preview.because')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{preview.largest.map(({ siteId, siteName, sku, name, unitsBefore, unitsAfter, because }) => (
						<Table.Tr key={`${siteId} ${sku}`}>
							<Table.Td>
								{name} · {sku}
							</Table.Td>
							<Table.Td>{siteName}</Table.Td>
							<Table.Td data-number>{unitsBefore}</Table.Td>
							<Table.Td data-number>{unitsAfter}</Table.Td>
							<Table.Td>{because.join(', ')}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</section>
	);
}
