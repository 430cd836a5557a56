import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScanCode, type ScanCode } from '../../../../shared/codes/index.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import type { ReturnProof } from '../../../../shared/schema/return-case.ts';
import { currentDocuments, findProductByGtins, useOrders, useReplicaReady } from '../../replica/index.ts';
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
import { askCentral } from './ask-central.ts';
import { findOrders, latestSales, ordersWithProduct } from './find-orders.ts';
import { askedVerdict, findVerdict, productVerdict } from './find-verdict.ts';
import { type FindJudgement, judgeFindScan, judgeOrder, mayBeNumber } from './judge-find-scan.ts';
import classes from './return.module.css';
import { proofOf } from './return-proof.ts';
import { unitsThatCanComeBack } from './returnable-units.ts';

interface ScannedProduct {
	readonly sku: string;
	readonly name: string;
}

/** `/return`: finds the order that goods come back from: by receipt, product, number, name or telephone. */
export function ReturnFindScreen() {
	const { t } = useTranslation('return');
	const isReady = useReplicaReady();
	const orders = useOrders();
	const { verdict, say, clear } = useVerdict();
	const inOrder = useInOrder();
	const navigate = useNavigate();
	const [query, setQuery] = useState('');
	const [product, setProduct] = useState<ScannedProduct | null>(null);
	const field = useRef<HTMLInputElement>(null);
	const results = useRef<HTMLDivElement>(null);
	const isFinding = query.trim() !== '';
	const shown = useMemo(() => {
		if (isFinding) return findOrders(orders, query);
		return product === null ? latestSales(orders) : ordersWithProduct(orders, product.sku);
	}, [orders, query, isFinding, product]);

	const open = (order: Order, returnProof: ReturnProof) =>
		void navigate({ to: '/return/$orderId', params: { orderId: order.id }, state: { returnProof } });
	const answer = (judgement: FindJudgement, proof: ReturnProof) => {
		const words = findVerdict(judgement, t);
		if (words !== null) say(words);
		if (judgement.kind === 'open') open(judgement.order, proof);
		if (judgement.kind === 'find') setQuery(judgement.query);
	};
	// Central may take seconds: whoever scans or leaves meanwhile must not be taken to another order by its answer.
	const asking = useRef(0);
	useEffect(() => () => void asking.current++, []);
	const ask = async (number: string, proof: ReturnProof) => {
		const turn = ++asking.current;
		const words = findVerdict({ kind: 'not_here', number }, t);
		if (words !== null) say(words);
		const asked = await askCentral(number);
		if (turn !== asking.current) return;
		if (asked.kind === 'here') answer(judgeOrder(asked.order), proof);
		else say(askedVerdict(asked, t));
	};
	const take = async (scan: { readonly code: ScanCode; readonly text: string; readonly typed: boolean }) => {
		asking.current++;
		const judgement = judgeFindScan(scan, {
			orders: currentDocuments('order'),
			fulfillmentOrders: currentDocuments('fulfillment_order'),
		});
		if (judgement.kind === 'product') {
			const found = await findProductByGtins(judgement.gtins);
			const having = found === null ? [] : ordersWithProduct(currentDocuments('order'), found.id);
			say(productVerdict(found?.name ?? null, having.length, t));
			setQuery('');
			setProduct(found === null ? null : { sku: found.id, name: found.name });
			return;
		}
		if (judgement.kind === 'not_here') void ask(judgement.number, proofOf(scan));
		else answer(judgement, proofOf(scan));
	};
	useScan((scan) => {
		inOrder(() => take({ code: scan.code, text: scan.text, typed: scan.source === 'typed' }));
		return true;
	});
	const focusList = () => results.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
	const submit = () => {
		const scan = { code: readScanCode(query), text: query, typed: true };
		const judgement = judgeFindScan(scan, { orders, fulfillmentOrders: currentDocuments('fulfillment_order') });
		const [only] = shown;
		if (judgement.kind !== 'find') inOrder(() => take(scan));
		else if (shown.length === 1 && only !== undefined) open(only, 'found_by_name');
		else if (shown.length === 0 && mayBeNumber(query)) void ask(query.trim(), 'number_typed');
		else focusList();
	};
	const showLatest = () => {
		setQuery('');
		setProduct(null);
		clear();
	};
	const heading = isFinding
		? t('find.found', { count: shown.length, query: query.trim() })
		: product === null
			? t('find.latest')
			: t('find.withProduct', { count: shown.length, name: product.name });
	return (
		<Screen
			title={t('find.title')}
			actions={[{ key: 'F3', label: t('find.action'), onAct: () => field.current?.focus() }]}
			{...(isFinding || product !== null ? { onBack: showLatest } : {})}
		>
			<div className={classes.page}>
				<div className={classes.top}>
					<TextInput
						ref={field}
						label={t('find.label')}
						description={t('find.scanHint')}
						placeholder={t('find.hint')}
						value={query}
						autoComplete="off"
						spellCheck={false}
						onChange={(event) => setQuery(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key === 'Enter' && isFinding) submit();
							else if (event.key === 'ArrowDown') focusList();
							else return;
							event.preventDefault();
						}}
					/>
					<VerdictPanel verdict={verdict} />
				</div>
				{!isReady ? (
					<LoadingState />
				) : shown.length === 0 ? (
					<NothingFound query={query.trim()} product={product} />
				) : (
					<section className={classes.results} aria-label={heading}>
						<Text className={classes.heading}>{heading}</Text>
						<div className={classes.list} ref={results}>
							<VirtualList
								key={product?.sku ?? 'all'}
								label={heading}
								rows={shown}
								rowKey={(order) => order.id}
								rowHeight={80}
								autoFocus={!isFinding}
								renderRow={(order) => <OrderRow order={order} />}
								onOpen={(order) => open(order, 'found_by_name')}
							/>
						</div>
					</section>
				)}
			</div>
		</Screen>
	);
}

function NothingFound({ query, product }: { readonly query: string; readonly product: ScannedProduct | null }) {
	const { t } = useTranslation('return');
	if (query !== '') return <EmptyState title={t('find.none', { query })}>{t('find.noneDetail')}</EmptyState>;
	if (product !== null) {
		return (
			<EmptyState title={t('findVerdict.product_none')}>
				{t('findVerdict.product_none_detail', { name: product.name })}
			</EmptyState>
		);
	}
	return <EmptyState title={t('find.latestEmpty')}>{t('find.latestEmptyDetail')}</EmptyState>;
}

function OrderRow({ order }: { readonly order: Order }) {
	const { t } = useTranslation('return');
	const timeText = useTimeText();
	const back = unitsThatCanComeBack(order);
	return (
		<Group wrap="nowrap" gap="md">
			<Stack gap={0} className={classes.rowText}>
				<Text className={classes.rowName} truncate>
					{order.customer.name}
				</Text>
				<Text c="dimmed" truncate>
					{[t('order', { number: order.number }), t('find.placed', { when: timeText.time(order.placedAt) })].join(
						' · ',
					)}
				</Text>
			</Stack>
			<Text className={classes.rowFact} c={back === 0 ? 'dimmed' : undefined}>
				{back === 0 ? t('find.nothingBack') : t('find.canComeBack', { count: back })}
			</Text>
		</Group>
	);
}
