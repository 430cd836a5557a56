import { Stack, Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId, useRecord } from '../../device/index.ts';
import { useClosedBins } from '../../fulfillment/closed-bins.ts';
import { isQuickCount } from '../../fulfillment/quick-counts.ts';
import { currentDocuments, findProduct, findProductByGtins, readShelf, useReplicaReady } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { LoadingState, ProblemState, QuantityField, Screen, useVerdict, VerdictPanel } from '../../ui/index.ts';

interface Counted {
	readonly sku: string;
	readonly name: string;
	readonly bin: string;
}

/** `/count/$sku`: how many units of one product lie on the shelf. The books' own number is not shown: it must not be copied. */
export function CountScreen() {
	const { sku = '' } = useParams({ strict: false });
	const { t } = useTranslation('count');
	const isReady = useReplicaReady();
	const closedBins = useClosedBins();
	const [counted, setCounted] = useState<Counted | 'unknown' | null>(null);
	useEffect(() => {
		if (!isReady) return;
		let isCurrent = true;
		void Promise.all([findProduct(sku), readShelf(sku)]).then(([product, shelf]) => {
			if (isCurrent) setCounted(product === null ? 'unknown' : { sku, name: product.name, bin: shelf?.bin ?? '' });
		});
		return () => {
			isCurrent = false;
		};
	}, [sku, isReady]);
	if (counted === 'unknown') {
		return (
			<Screen title={t('title')}>
				<ProblemState title={t('unknown.title')}>{t('unknown.detail', { sku })}</ProblemState>
			</Screen>
		);
	}
	if (counted === null || counted.sku !== sku) {
		return (
			<Screen title={t('title')}>
				<LoadingState rows={2} />
			</Screen>
		);
	}
	if (closedBins.includes(counted.bin)) {
		return (
			<Screen title={t('title')} subtitle={counted.name}>
				<ProblemState title={t('said.closedBin', { bin: counted.bin })}>{t('said.closedBinDetail')}</ProblemState>
			</Screen>
		);
	}
	return <Shelf key={sku} counted={counted} />;
}

function Shelf({ counted }: { readonly counted: Counted }) {
	const { t } = useTranslation('count');
	const record = useRecord();
	const navigate = useNavigate();
	const inOrder = useInOrder();
	const { verdict, say } = useVerdict();
	const [quantity, setQuantity] = useState<number | null>(null);
	const [turn, setTurn] = useState(0);
	const isSaving = useRef(false);
	const countedBefore = useRef<number | null>(null);
	const { sku, name, bin } = counted;

	useScan(({ code }) => {
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const product = await findProductByGtins(code.gtins);
			if (product === null) say({ kind: 'wrong', title: t('unknown.title'), detail: code.gtins[0] });
			else if (product.id === sku) say({ kind: 'right', title: t('right'), detail: t('rightDetail') });
			else void navigate({ to: '/count/$sku', params: { sku: product.id }, replace: true });
		});
		return true;
	});

	const blank = () => {
		setQuantity(null);
		setTurn((before) => before + 1);
	};
	const save = async (units: number) => {
		// A second Enter while the first is still being saved must not count again.
		if (isSaving.current) return;
		isSaving.current = true;
		try {
			const shelf = await readShelf(sku);
			if (shelf === null) return;
			if (units !== shelf.units && units !== countedBefore.current) {
				// A typing mistake would take stock away from orders: another number than the books' is counted twice.
				countedBefore.current = units;
				say({ kind: 'attention', title: t('again'), detail: t('againDetail') });
				blank();
				return;
			}
			countedBefore.current = null;
			const scans = [{ expected: shelf.units, counted: units }];
			// Is it asked for after a short or a debt, that count is done with this number.
			const asked = currentDocuments('count').find((each) => isQuickCount(each) && each.asked[0]?.sku === sku);
			const payload = { countId: asked?.id ?? newId(), sku, name, posts: 'at_once', scans } as const;
			if (!(await record('count', { ...payload, scans }))) return;
			const difference = units - shelf.units;
			const kind = difference === 0 ? 'same' : difference > 0 ? 'found' : 'missing';
			say({
				kind: difference === 0 ? 'right' : 'attention',
				title: t(`done.${kind}`, { count: Math.abs(difference) }),
				detail: t('done.detail', { counted: units, expected: shelf.units }),
			});
			blank();
		} finally {
			isSaving.current = false;
		}
	};
	return (
		<Screen
			title={t('title')}
			subtitle={name}
			primary={{
				label: t('record'),
				disabled: quantity === null,
				onAct: () => quantity !== null && void save(quantity),
			}}
		>
			<Stack gap="lg" maw={760}>
				<VerdictPanel verdict={verdict} />
				<Text size="xl" fw={650}>
					{bin === '' ? t('whatNoBin', { name }) : t('what', { name, bin })}
				</Text>
				<QuantityField
					key={turn}
					label={t('quantity')}
					description={t('hint')}
					minimum={0}
					onChange={setQuantity}
					onEnter={(units) => void save(units)}
					autoFocus
				/>
			</Stack>
		</Screen>
	);
}
