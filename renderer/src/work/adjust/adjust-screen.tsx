import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScan } from '../../../../shared/codes/index.ts';
import { type AdjustReason, adjustReasonNames, adjustReasons } from '../../../../shared/schema/adjust-operation.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { newId, openDeviceClient, useDeviceValues, useRecord } from '../../device/index.ts';
import { useClosedBins } from '../../fulfillment/closed-bins.ts';
import { KeptBackNote } from '../../fulfillment/kept-back-note.tsx';
import { useGivenProduct } from '../../fulfillment/use-given-product.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { findProductByGtins, readShelf } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { ChoiceDialog, EmptyState, QuantityField, Screen, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { changeDraft, clearDraft, useAdjustDraft } from './adjust-draft.ts';
import { type AdjustVerdict, judgeAdjustment } from './judge-adjustment.ts';

/** The same list each time: another one would draw the screen again. */
const nobody: readonly never[] = [];

const offTheShelf = adjustReasonNames.filter((name) => adjustReasons[name].to !== 'available');
const ontoTheShelf = adjustReasonNames.filter((name) => adjustReasons[name].to === 'available');

/** `/adjust`: units that are written off or were found, with the reason. Beyond one's limit a manager signs in; what was typed stays. */
export function AdjustScreen() {
	const { t } = useTranslation(['adjust', 'fulfillment']);
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? nobody }));
	const closedBins = useClosedBins();
	const draft = useAdjustDraft();
	const { product, reason, quantity, bin, lot, serials, note } = draft;
	const [asking, setAsking] = useState<readonly AdjustReason[] | null>(null);
	const [needsManager, setNeedsManager] = useState(false);
	/** Until then the field is blank, and what was typed before a manager signed in stands beside it. */
	const [hasTyped, setHasTyped] = useState(false);

	const begin = (found: Product, code: Pick<ProductScan, 'lot' | 'serial'>) => {
		if (product !== null && product.id !== found.id && quantity !== null)
			return say({
				kind: 'attention',
				title: t('finishFirst', { name: product.name }),
				detail: t('finishFirstDetail'),
			});
		if (product?.id !== found.id) clearDraft();
		const before = product?.id === found.id ? serials : [];
		if (code.serial !== undefined && before.includes(code.serial))
			return say({ kind: 'attention', title: t('serialTwice', { serial: code.serial }) });
		changeDraft({
			product: found,
			...(code.lot === undefined ? {} : { lot: code.lot }),
			serials: code.serial === undefined ? before : [...before, code.serial],
		});
		say({ kind: 'right', title: found.name, detail: t('sayWhy') });
	};
	useGivenProduct((found) => begin(found, {}));
	useScan(({ code }) => {
		if (code.kind === 'location') {
			changeDraft({ bin: code.code });
			say({ kind: 'right', title: t('atBin', { bin: code.code }) });
			return true;
		}
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const found = await findProductByGtins(code.gtins);
			if (found === null) return say({ kind: 'wrong', title: t('unknown'), detail: code.gtins[0] });
			begin(found, code);
		});
		return true;
	});
	const tell = (judged: Exclude<AdjustVerdict, { kind: 'may' }>) => {
		setNeedsManager(judged.kind === 'needs_manager');
		say({
			kind: 'attention',
			title: t(`judged.${judged.kind}.title`, { ...judged }),
			detail: t(`judged.${judged.kind}.detail`),
		});
	};
	const save = () =>
		inOrder(async () => {
			if (product === null || reason === null || quantity === null) return;
			const shelf = await readShelf(product.id);
			if (shelf === null) return;
			const judged = judgeAdjustment(
				{ product, shelf, reason, quantity, bin, lot: lot.trim(), serials },
				roles,
				closedBins,
			);
			if (judged.kind !== 'may') return tell(judged);
			const { id: sku, name, price: unitPrice } = product;
			const isSaved = await record('adjust', {
				adjustmentId: newId(),
				sku,
				name,
				quantity,
				reason,
				unitPrice,
				...(bin === '' ? {} : { bin }),
				...(lot.trim() === '' ? {} : { lot: lot.trim() }),
				...(serials.length === 0 ? {} : { serials: [...serials] }),
				...(note.trim() === '' ? {} : { note: note.trim() }),
			});
			if (!isSaved) return;
			clearDraft();
			setNeedsManager(false);
			const change = `${adjustReasons[reason].to === 'available' ? '+' : '−'}${quantity}`;
			say({ kind: 'right', title: t('saved', { change, name }), detail: t(`fulfillment:adjustReason.${reason}`) });
		});
	return (
		<Screen
			title={t('title')}
			subtitle={bin === '' ? undefined : t('atBin', { bin })}
			primary={{ label: t('save'), disabled: product === null || reason === null || quantity === null, onAct: save }}
			actions={[
				{ key: 'F2', label: t('takeOff'), disabled: product === null, onAct: () => setAsking(offTheShelf) },
				{ key: 'F4', label: t('add'), disabled: product === null, onAct: () => setAsking(ontoTheShelf) },
				{ key: 'F6', label: t('clear'), disabled: product === null, onAct: clearDraft },
				...(needsManager
					? [
							{
								key: 'F9',
								label: t('manager'),
								onAct: () => void openDeviceClient().then((client) => client.signOut()),
							},
						]
					: []),
			]}
		>
			<Stack gap="lg" maw={820}>
				<VerdictPanel verdict={verdict} />
				{product === null ? (
					<EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>
				) : (
					<Stack gap="md" key={draft.turn}>
						<Text size="xl" fw={650}>
							{product.name}
						</Text>
						<Text size="lg">
							{reason === null ? t('noReason') : t('reason', { reason: t(`fulfillment:adjustReason.${reason}`) })}
						</Text>
						<KeptBackNote
							product={product}
							taken={reason === null || adjustReasons[reason].from !== 'available' ? 0 : (quantity ?? 0)}
						/>
						<Group align="end" gap="lg">
							{quantity === null || hasTyped ? null : <Text fw={600}>{t('units', { count: quantity })}</Text>}
							<QuantityField
								label={t('quantity')}
								onChange={(units) => {
									setHasTyped(true);
									changeDraft({ quantity: units });
								}}
								onEnter={save}
								autoFocus
							/>
							{product.tracking === 'lot' ? (
								<TextInput
									label={t('lot')}
									value={lot}
									maxLength={20}
									onChange={(event) => changeDraft({ lot: event.currentTarget.value })}
									autoComplete="off"
								/>
							) : null}
						</Group>
						{serials.length === 0 ? null : <Text>{t('serials', { list: serials.join(', ') })}</Text>}
						<TextInput
							label={t('note')}
							value={note}
							maxLength={500}
							onChange={(event) => changeDraft({ note: event.currentTarget.value })}
							autoComplete="off"
						/>
					</Stack>
				)}
			</Stack>
			{asking === null ? null : (
				<ChoiceDialog
					title={t('why')}
					choices={asking.map((name, index) => ({
						key: String(index + 1),
						label: t(`fulfillment:adjustReason.${name}`),
						value: name,
					}))}
					onChoose={(name) => {
						changeDraft({ reason: name });
						setAsking(null);
					}}
					onClose={() => setAsking(null)}
				/>
			)}
		</Screen>
	);
}
