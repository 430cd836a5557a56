import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScanCode } from '../../../../shared/codes/index.ts';
import {
	type CatalogFindings,
	findProduct,
	findProductByGtins,
	useCatalogSearch,
	useReplicaReady,
	useStockHere,
} from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { EmptyState, LoadingState, Screen, useVerdict, VerdictPanel, VirtualList } from '../../ui/index.ts';
import classes from './lookup.module.css';

declare module '@tanstack/react-router' {
	interface HistoryState {
		/** What somebody typed into the universal field, to be looked for here. */
		readonly find?: string;
	}
}

type Found = CatalogFindings['found'][number];

/** `/lookup`: any product of the catalog, by scan, number, SKU or a part of its name. */
export function LookupFindScreen() {
	const { t } = useTranslation('lookup');
	const isReady = useReplicaReady();
	const navigate = useNavigate();
	const inOrder = useInOrder();
	const { verdict, say } = useVerdict();
	const wished = useLocation({ select: ({ state }) => state.find ?? '' });
	const [query, setQuery] = useState(wished);
	// Asked for again from the universal field while this screen is on top.
	useEffect(() => setQuery(wished), [wished]);
	const results = useRef<HTMLDivElement>(null);
	const field = useRef<HTMLInputElement>(null);
	const findings = useCatalogSearch(query);
	const found = findings?.found ?? [];

	const open = (sku: string, isScanned = false) =>
		void navigate({ to: '/lookup/$sku', params: { sku }, state: { lookedUpByScan: isScanned } });
	const take = async (gtins: readonly string[]) => {
		const product = await findProductByGtins(gtins);
		if (product === null)
			say({ kind: 'wrong', title: t('unknown.title'), detail: t('unknown.code', { code: gtins[0] }) });
		else open(product.id, true);
	};
	useScan(({ code }) => {
		if (code.kind !== 'product') return false;
		inOrder(() => take(code.gtins));
		return true;
	});
	const focusList = () => results.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
	const submit = async () => {
		const typed = query.trim();
		const code = readScanCode(typed);
		if (code.kind === 'product') return take(code.gtins);
		const bySku = (await findProduct(typed)) ?? (await findProduct(typed.toUpperCase()));
		const [only] = found;
		if (bySku !== null) open(bySku.id);
		else if (found.length === 1 && only !== undefined) open(only.sku);
		else if (found.length > 1) focusList();
		else if (findings?.isComplete !== false)
			say({ kind: 'wrong', title: t('find.none', { query: typed }), detail: t('find.noneHint') });
	};
	return (
		<Screen title={t('title')} actions={[{ key: 'F3', label: t('find.action'), onAct: () => field.current?.focus() }]}>
			<div className={classes.page}>
				<div className={classes.top}>
					<TextInput
						ref={field}
						size="lg"
						label={t('find.label')}
						description={t('find.hint')}
						value={query}
						autoComplete="off"
						spellCheck={false}
						autoFocus
						onChange={(event) => setQuery(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key === 'Enter' && query.trim() !== '') inOrder(submit);
							else if (event.key === 'ArrowDown') focusList();
							else return;
							event.preventDefault();
						}}
					/>
					<VerdictPanel verdict={verdict} />
				</div>
				<div className={classes.results} ref={results}>
					{!isReady || (findings !== null && !findings.isComplete && found.length === 0) ? (
						<LoadingState />
					) : findings === null ? (
						<EmptyState title={t('find.empty')}>{t('find.emptyHint')}</EmptyState>
					) : found.length === 0 ? (
						<EmptyState title={t('find.none', { query: query.trim() })}>{t('find.noneHint')}</EmptyState>
					) : (
						<VirtualList
							label={t('find.list')}
							rows={found}
							rowKey={({ sku }) => sku}
							renderRow={(product) => <FoundRow product={product} />}
							onOpen={({ sku }) => open(sku)}
						/>
					)}
				</div>
			</div>
		</Screen>
	);
}

function FoundRow({ product }: { readonly product: Found }) {
	const { t } = useTranslation('lookup');
	const stock = useStockHere(product.sku);
	return (
		<Group wrap="nowrap" gap="md">
			<Stack gap={0} className={classes.rowText}>
				<Text fw={600} size="lg" truncate>
					{product.name}
				</Text>
				<Text c="dimmed" size="sm" truncate>
					{product.sku}
				</Text>
			</Stack>
			<Text className={classes.rowFact}>
				{stock === null ? '' : t('find.onShelf', { count: stock.units.available, bin: stock.bin })}
			</Text>
		</Group>
	);
}
