import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../shared/schema/product.ts';
import { OtherSites } from '../../fulfillment/other-sites.tsx';
import { useElsewhere } from '../../fulfillment/use-elsewhere.ts';
import {
	findProduct,
	findProductByGtins,
	type StockHere,
	useReplicaReady,
	useSite,
	useStockHere,
} from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { LoadingState, ProblemState, Screen, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { HereSide } from './here-side.tsx';
import classes from './lookup.module.css';
import { lookupVerdict } from './lookup-verdict.ts';
import { WantedSide } from './wanted-side.tsx';

declare module '@tanstack/react-router' {
	interface HistoryState {
		/** The product was scanned just now: the answer is said aloud. */
		readonly lookedUpByScan?: boolean;
	}
}

/** `/lookup/$sku`: one product, here at once, elsewhere as it was last known. */
export function LookupScreen() {
	const { sku = '' } = useParams({ strict: false });
	const { t } = useTranslation('lookup');
	const isReady = useReplicaReady();
	const [product, setProduct] = useState<Product | 'unknown' | null>(null);
	const stock = useStockHere(sku);
	useEffect(() => {
		if (!isReady) return;
		let isCurrent = true;
		void findProduct(sku).then((found) => {
			if (isCurrent) setProduct(found ?? 'unknown');
		});
		return () => {
			isCurrent = false;
		};
	}, [sku, isReady]);
	if (product === 'unknown') {
		return (
			<Screen title={t('title')}>
				<ProblemState title={t('unknown.title')}>{t('unknown.sku', { sku })}</ProblemState>
			</Screen>
		);
	}
	if (product === null || product.id !== sku || stock === null) {
		return (
			<Screen title={t('title')}>
				<LoadingState />
			</Screen>
		);
	}
	return <Shown key={sku} product={product} stock={stock} />;
}

function Shown({ product, stock }: { readonly product: Product; readonly stock: StockHere }) {
	const { t } = useTranslation('lookup');
	const navigate = useNavigate();
	const inOrder = useInOrder();
	const { verdict, say } = useVerdict();
	const isScanned = useLocation({ select: ({ state }) => state.lookedUpByScan === true });
	const hasAnswered = useRef(false);
	useEffect(() => {
		if (!isScanned || hasAnswered.current) return;
		hasAnswered.current = true;
		say(lookupVerdict({ available: stock.units.available, bin: stock.bin, name: product.name }, t));
	}, [isScanned, say, stock, product.name, t]);
	useScan(({ code }) => {
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const found = await findProductByGtins(code.gtins);
			if (found === null) {
				say({ kind: 'wrong', title: t('unknown.title'), detail: t('unknown.code', { code: code.gtins[0] }) });
			} else if (found.id === product.id) {
				say(lookupVerdict({ available: stock.units.available, bin: stock.bin, name: product.name }, t));
			} else {
				const state = { lookedUpByScan: true };
				void navigate({ to: '/lookup/$sku', params: { sku: found.id }, replace: true, state });
			}
		});
		return true;
	});
	const site = useSite();
	const elsewhere = useElsewhere(product.id, site);
	const own = elsewhere.answer?.sites.find(({ siteId }) => siteId === site?.id);
	const withSku = product.id;
	const toCount = () => void navigate({ to: '/count/$sku', params: { sku: product.id } });
	return (
		<Screen
			title={t('title')}
			subtitle={product.name}
			primary={{ label: t('act.count'), onAct: toCount }}
			actions={[
				{ key: 'F3', label: t('act.another'), onAct: () => void navigate({ to: '/lookup' }) },
				{ key: 'F2', label: t('act.adjust'), onAct: () => void navigate({ to: '/adjust', state: { withSku } }) },
				{ key: 'F4', label: t('act.move'), onAct: () => void navigate({ to: '/move', state: { withSku } }) },
				{ key: 'F6', label: t('act.reserve'), onAct: () => void navigate({ to: '/reserve', state: { withSku } }) },
				{ key: 'F7', label: t('act.sell'), onAct: () => void navigate({ to: '/sell', state: { withSku } }) },
			]}
		>
			<div className={classes.sides}>
				<HereSide product={product} stock={stock} certainty={own?.certainty ?? null} />
				<div className={classes.side}>
					<VerdictPanel verdict={verdict} />
					<WantedSide sku={product.id} />
					{site === null ? null : <OtherSites elsewhere={elsewhere} ownSiteId={site.id} most={5} />}
				</div>
			</div>
		</Screen>
	);
}
