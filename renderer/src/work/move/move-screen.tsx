import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../shared/schema/product.ts';
import { useRecord } from '../../device/index.ts';
import { useClosedBins } from '../../fulfillment/closed-bins.ts';
import { KeptBackNote } from '../../fulfillment/kept-back-note.tsx';
import { useGivenProduct } from '../../fulfillment/use-given-product.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { findProductByGtins, readShelf } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { EmptyState, QuantityField, Screen, useVerdict, VerdictPanel, VirtualList } from '../../ui/index.ts';
import { judgeBinScan, judgeTake, judgeTyped, type MoveState, type MoveVerdict } from './judge-move-scan.ts';

const emptyHands: MoveState = { fromBin: null, hand: [] };

/** `/move`: from a bin into the hands, and from there into another bin; several products in one walk. */
export function MoveScreen() {
	const { t } = useTranslation('move');
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const closedBins = useClosedBins();
	const [state, setState] = useState(emptyHands);
	const [typed, setTyped] = useState<number | null>(null);
	const [turn, setTurn] = useState(0);
	/** The product for which the screen was opened, until something is taken. */
	const [named, setNamed] = useState<Product | null>(null);
	const { fromBin, hand } = state;
	const last = hand.at(-1);
	const asked = named ?? last?.product;
	const units = hand.reduce((sum, line) => sum + line.quantity, 0);

	const putDown = async (bin: string) => {
		for (const line of hand) {
			const isSaved = await record('move_between_bins', {
				sku: line.product.id,
				quantity: line.quantity,
				fromBin: line.fromBin,
				toBin: bin,
				...(line.lot === undefined ? {} : { lot: line.lot }),
				...(line.serials.length === 0 ? {} : { serials: [...line.serials] }),
			});
			if (!isSaved) return;
			// Each is saved by itself: what is not stays in the hands.
			setState((before) => ({ ...before, hand: before.hand.filter((each) => each !== line) }));
		}
		setState(emptyHands);
		say({ kind: 'right', title: t('putDown', { count: units, bin }), detail: t('putDownDetail') });
	};
	const follow = async (judged: MoveVerdict) => {
		setTyped(null);
		setTurn((before) => before + 1);
		if (judged.kind === 'put_down') return putDown(judged.bin);
		if (judged.kind === 'from') {
			setState({ ...state, fromBin: judged.bin });
			return say({ kind: 'right', title: t('from', judged), detail: t('fromDetail') });
		}
		if (judged.kind === 'taken') {
			setNamed(null);
			setState({ fromBin: judged.line.fromBin, hand: judged.hand });
			const title = t('taken', { count: judged.line.quantity, name: judged.line.product.name });
			return say({ kind: 'right', title, detail: t('takenDetail') });
		}
		const kind = judged.kind === 'unknown' || judged.kind === 'closed_bin' ? 'wrong' : 'attention';
		say({ kind, title: t(`judged.${judged.kind}.title`, { ...judged }), detail: t(`judged.${judged.kind}.detail`) });
	};
	useScan(({ code }) => {
		if (code.kind === 'location') {
			inOrder(() => follow(judgeBinScan(state, code.code, closedBins)));
			return true;
		}
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const product = await findProductByGtins(code.gtins);
			const shelf = product === null ? null : await readShelf(product.id);
			await follow(judgeTake(state, code, product, shelf));
		});
		return true;
	});
	useGivenProduct((product) =>
		inOrder(async () => {
			const shelf = await readShelf(product.id);
			if (shelf === null) return;
			setNamed(product);
			if (shelf.bin !== '') setState((before) => ({ ...before, fromBin: before.fromBin ?? shelf.bin }));
			say({ kind: 'right', title: product.name, detail: t('namedDetail') });
		}),
	);
	const takeTyped = () =>
		typed !== null &&
		inOrder(async () => {
			if (named === null) return follow(judgeTyped(state, typed));
			const code = { kind: 'product', gtins: [named.gtin], quantity: typed } as const;
			await follow(judgeTake(state, code, named, await readShelf(named.id)));
		});
	return (
		<Screen
			title={t('title')}
			subtitle={fromBin === null ? undefined : t('from', { bin: fromBin })}
			primary={asked === undefined ? undefined : { label: t('setUnits'), disabled: typed === null, onAct: takeTyped }}
			actions={[
				{
					key: 'F2',
					label: t('otherBin'),
					disabled: hand.length === 0,
					onAct: () => setState({ ...state, fromBin: null }),
				},
				{
					key: 'F4',
					label: t('backLast'),
					disabled: last === undefined,
					onAct: () => setState({ ...state, hand: hand.slice(0, -1) }),
				},
			]}
		>
			<Stack h="100%" gap="md">
				<VerdictPanel verdict={verdict} />
				{asked === undefined ? null : <KeptBackNote product={asked} taken={0} />}
				{asked === undefined ? null : (
					<QuantityField
						key={turn}
						label={t('quantity', { name: asked.name })}
						description={t(named === null ? 'quantityHint' : 'namedHint')}
						autoFocus={named !== null}
						onChange={setTyped}
						onEnter={takeTyped}
					/>
				)}
				<div style={{ flex: 1, minHeight: 0 }}>
					{hand.length === 0 ? (
						<EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>
					) : (
						<VirtualList
							label={t('hand')}
							rows={hand}
							rowKey={({ product, fromBin: bin, lot }) => JSON.stringify([product.id, bin, lot])}
							rowHeight={56}
							onOpen={() => {}}
							renderRow={(line) => (
								<Group wrap="nowrap" gap="lg">
									<Text fw={700} size="xl" w={70} ta="right">
										{line.quantity}
									</Text>
									<Text flex={1} truncate>
										{line.product.name}
									</Text>
									<Text c="dimmed" w={220} truncate>
										{[line.fromBin, line.lot, ...line.serials].filter((each) => each !== undefined).join(' · ')}
									</Text>
								</Group>
							)}
						/>
					)}
				</div>
			</Stack>
		</Screen>
	);
}
