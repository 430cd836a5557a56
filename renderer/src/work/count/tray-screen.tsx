import { Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScan } from '../../../../shared/codes/index.ts';
import type { UnknownCode } from '../../../../shared/schema/count.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { useRecord } from '../../device/index.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { findProductByGtins, lotsOn, readShelf, type Shelf, useCount, useReplicaReady } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { EmptyState, LoadingState, Screen, useVerdict, VerdictPanel, VirtualList } from '../../ui/index.ts';
import { booksOf } from './books-of.ts';
import { unsettledCodes } from './count-progress.ts';
import { LotField } from './lot-field.tsx';

/** The chosen code turned out to be a product that is kept by lot, and nobody has said yet of which. */
interface LotQuestion {
	readonly unknown: UnknownCode;
	readonly product: Product;
	readonly shelf: Shelf;
}

/** `/count/case/$countId/tray`: codes that nobody knew. The scan of a product says what the chosen one is. */
export function TrayScreen() {
	const { countId = '' } = useParams({ strict: false });
	const { t } = useTranslation('count');
	const counting = useCount(countId);
	const isReady = useReplicaReady();
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const [chosen, setChosen] = useState<string | null>(null);
	const [asking, setAsking] = useState<LotQuestion | null>(null);
	const [lot, setLot] = useState('');
	const codes = counting === null ? [] : unsettledCodes(counting);
	const current = codes.find(({ code }) => code === chosen) ?? codes[0];
	const settle = async (question: LotQuestion, named: Pick<ProductScan, 'lot' | 'expiry' | 'serial'>) => {
		const { product, unknown, shelf } = question;
		const { id: sku, name, price: unitPrice } = product;
		const { expected, lotBooks } = booksOf(product, shelf, '');
		const units = codes.filter(({ code }) => code === unknown.code).reduce((sum, { quantity }) => sum + quantity, 0);
		const settled = {
			sku,
			name,
			unitPrice,
			expected,
			...(lotBooks === undefined ? {} : { lotBooks }),
			...(named.lot === undefined ? {} : { lot: named.lot }),
			...(named.expiry === undefined ? {} : { expiresOn: named.expiry }),
			...(named.serial === undefined || units !== 1 ? {} : { serials: [named.serial] }),
		};
		if (!(await record('settle_unknown_code', { countId, code: unknown.code, product: settled }))) return;
		setAsking(null);
		setLot('');
		say({ kind: 'right', title: t('tray.assigned', { name }), detail: unknown.code });
	};
	const settleTyped = async ({ product, unknown }: LotQuestion) => {
		const shelf = await readShelf(product.id, product.tracking);
		if (shelf !== null) await settle({ product, unknown, shelf }, { lot: lot.trim() });
	};
	useScan(({ code }) => {
		if (code.kind !== 'product' || current === undefined) return false;
		inOrder(async () => {
			const product = await findProductByGtins(code.gtins);
			const shelf = product === null ? null : await readShelf(product.id, product.tracking);
			if (product === null || shelf === null)
				return say({ kind: 'wrong', title: t('unknown.title'), detail: code.gtins[0] });
			const question = { unknown: current, product, shelf };
			if (product.tracking !== 'lot' || code.lot !== undefined) return settle(question, code);
			setLot('');
			setAsking(question);
			say({ kind: 'attention', title: t('said.lotMissing'), detail: t('said.lotMissingDetail') });
		});
		return true;
	});
	const setAside = async ({ code }: UnknownCode) => {
		if (await record('settle_unknown_code', { countId, code, product: null }))
			say({ kind: 'attention', title: t('tray.setAside'), detail: code });
	};
	return (
		<Screen
			title={t('tray.title')}
			primary={
				asking === null
					? undefined
					: {
							label: t('tray.assign'),
							disabled: lot.trim() === '',
							onAct: () => inOrder(() => settleTyped(asking)),
						}
			}
			actions={[
				...(asking === null ? [] : [{ key: 'F2', label: t('tray.notIt'), onAct: () => setAsking(null) }]),
				{
					key: 'F4',
					label: t('tray.aside'),
					disabled: current === undefined || asking !== null,
					onAct: () => current !== undefined && void setAside(current),
				},
			]}
		>
			<Stack h="100%" gap="md">
				<VerdictPanel verdict={verdict} />
				<Text c="dimmed">{current === undefined || asking !== null ? '' : t('tray.hint', { code: current.code })}</Text>
				{asking === null ? null : (
					<LotField
						label={t('tray.lot', { name: asking.product.name, code: asking.unknown.code })}
						value={lot}
						knownLots={lotsOn(asking.shelf).map((each) => each.lot)}
						onChange={setLot}
						autoFocus
					/>
				)}
				<div style={{ flex: 1, minHeight: 0 }}>
					{codes.length > 0 ? (
						<VirtualList
							label={t('tray.title')}
							rows={codes}
							rowKey={({ code, area, bin }) => JSON.stringify([code, area, bin])}
							autoFocus
							onSelect={({ code }) => setChosen(code)}
							onOpen={({ code }) => setChosen(code)}
							renderRow={({ code, quantity, area, bin, foundBy }) => (
								<Group wrap="nowrap" gap="lg">
									<Text fw={650} flex={1} truncate>
										{code}
									</Text>
									<Text w={220} truncate>
										{[area, bin].filter((each) => each !== '').join(' · ')}
									</Text>
									<Text c="dimmed" w={180} truncate>
										{foundBy}
									</Text>
									<Text w={90} ta="right">
										{t('case.counted', { count: quantity })}
									</Text>
								</Group>
							)}
						/>
					) : isReady ? (
						<EmptyState title={t('tray.empty')}>{t('tray.emptyHint')}</EmptyState>
					) : (
						<LoadingState />
					)}
				</div>
			</Stack>
		</Screen>
	);
}
