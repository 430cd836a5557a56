import { Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnknownCode } from '../../../../shared/schema/count.ts';
import { useRecord } from '../../device/index.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { findProductByGtins, readShelf, useCount, useReplicaReady } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { EmptyState, LoadingState, Screen, useVerdict, VerdictPanel, VirtualList } from '../../ui/index.ts';
import { unsettledCodes } from './count-progress.ts';

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
	const codes = counting === null ? [] : unsettledCodes(counting);
	const current = codes.find(({ code }) => code === chosen) ?? codes[0];
	useScan(({ code }) => {
		if (code.kind !== 'product' || current === undefined) return false;
		inOrder(async () => {
			const product = await findProductByGtins(code.gtins);
			const shelf = product === null ? null : await readShelf(product.id);
			if (product === null || shelf === null)
				return say({ kind: 'wrong', title: t('unknown.title'), detail: code.gtins[0] });
			const { id: sku, name, price: unitPrice } = product;
			const settled = { sku, name, unitPrice, expected: shelf.units };
			if (!(await record('settle_unknown_code', { countId, code: current.code, product: settled }))) return;
			say({ kind: 'right', title: t('tray.assigned', { name }), detail: current.code });
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
			actions={[
				{
					key: 'F4',
					label: t('tray.aside'),
					disabled: current === undefined,
					onAct: () => current !== undefined && void setAside(current),
				},
			]}
		>
			<Stack h="100%" gap="md">
				<VerdictPanel verdict={verdict} />
				<Text c="dimmed">{current === undefined ? '' : t('tray.hint', { code: current.code })}</Text>
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
