import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serialFault } from '../../../../shared/domain/unit-identity.ts';
import { useClosedBins } from '../../fulfillment/closed-bins.ts';
import { findProduct, readShelf, useReplicaReady } from '../../replica/index.ts';
import { LoadingState, ProblemState, QuantityField, Screen, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { type Counted, useCountedProduct, WhatToCount } from './counted-product.tsx';
import { LotCount } from './lot-count.tsx';
import { useQuickCount } from './use-quick-count.ts';

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
		const read = async () => {
			const product = await findProduct(sku);
			const shelf = product === null ? null : await readShelf(sku, product.tracking);
			if (isCurrent) setCounted(product === null || shelf === null ? 'unknown' : { product, shelf });
		};
		void read();
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
	if (counted === null || counted.product.id !== sku) {
		return (
			<Screen title={t('title')}>
				<LoadingState rows={2} />
			</Screen>
		);
	}
	const { product, shelf } = counted;
	if (closedBins.includes(shelf.bin)) {
		return (
			<Screen title={t('title')} subtitle={product.name}>
				<ProblemState title={t('said.closedBin', { bin: shelf.bin })}>{t('said.closedBinDetail')}</ProblemState>
			</Screen>
		);
	}
	return product.tracking === 'lot' ? (
		<LotCount key={sku} counted={counted} />
	) : (
		<WholeCount key={sku} counted={counted} />
	);
}

/** One number for all of it; of a product that is kept by serial number, the scan of each unit beside it. */
function WholeCount({ counted: { product, shelf } }: { readonly counted: Counted }) {
	const { t } = useTranslation('count');
	const { verdict, say } = useVerdict();
	const [quantity, setQuantity] = useState<number | null>(null);
	const [serials, setSerials] = useState<readonly string[]>([]);
	const scanned = useRef<readonly string[]>([]);
	const [turn, setTurn] = useState(0);
	const keep = (all: readonly string[]) => {
		scanned.current = all;
		setSerials(all);
	};
	const isBySerial = product.tracking === 'serial';
	const record = useQuickCount(product, {
		say,
		blank: () => {
			setQuantity(null);
			keep([]);
			setTurn((before) => before + 1);
		},
	});
	useCountedProduct(product, say, ({ serial }) => {
		if (!isBySerial || serial === undefined) return { kind: 'right', title: t('right'), detail: t('rightDetail') };
		const before = scanned.current;
		if (before.includes(serial))
			return { kind: 'attention', title: t('said.serialTwice', { serial }), detail: t('said.serialTwiceDetail') };
		keep([...before, serial]);
		return { kind: 'right', title: t('said.units', { count: before.length + 1 }), detail: serial };
	});
	const save = async (typed: number | null) => {
		const units = typed ?? (serials.length > 0 ? serials.length : null);
		if (units === null) return;
		if (isBySerial && units > 0 && serialFault(serials, units) !== null)
			return say({
				kind: 'attention',
				title: t('said.serials', { count: serials.length, units }),
				detail: t('said.serialsDetail'),
			});
		await record({ units, ...(isBySerial ? { serials } : {}) });
	};
	return (
		<Screen
			title={t('title')}
			subtitle={product.name}
			primary={{
				label: t('record'),
				disabled: quantity === null && serials.length === 0,
				onAct: () => void save(quantity),
			}}
		>
			<Stack gap="lg" maw={760}>
				<VerdictPanel verdict={verdict} />
				<WhatToCount product={product} shelf={shelf} />
				<QuantityField
					key={turn}
					label={t('quantity')}
					description={serials.length === 0 ? t('hint') : t('case.scanned', { count: serials.length })}
					minimum={0}
					onChange={setQuantity}
					onEnter={(units) => void save(units)}
					autoFocus
				/>
			</Stack>
		</Screen>
	);
}
