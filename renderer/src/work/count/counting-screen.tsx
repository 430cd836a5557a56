import { Badge, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountCase } from '../../../../shared/schema/count.ts';
import { useDeviceValues, useRecord } from '../../device/index.ts';
import { identityText } from '../../fulfillment/scanned-identity.ts';
import {
	ChoiceDialog,
	EmptyState,
	QuantityField,
	Screen,
	useTimeText,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import { stillToCount, uncountedLots, unsettledCodes } from './count-progress.ts';
import type { Tally } from './judge-count-scan.ts';
import { LotField } from './lot-field.tsx';
import { useCounting } from './use-counting.ts';

/** The same list each time: another one would draw the screen again. */
const nobody: readonly never[] = [];

interface Row {
	readonly key: string;
	readonly sku: string;
	readonly name: string;
	readonly bin: string;
	readonly lot?: string;
	/** Null where it is still to be counted. */
	readonly counted: number | null;
	readonly by: string;
}

function rowsOf(counting: CountCase): readonly Row[] {
	const todo = stillToCount(counting).map(({ sku, name, bin }) => ({
		key: `todo:${sku}:${bin}`,
		sku,
		name,
		bin,
		counted: null,
		by: '',
	}));
	const lots = uncountedLots(counting).map(({ sku, name, bin, lot }) => ({
		key: `lot:${JSON.stringify([sku, bin, lot])}`,
		sku,
		name: `${name} · ${lot}`,
		bin,
		lot,
		counted: null,
		by: '',
	}));
	const lines = counting.lines.map(({ sku, name, bin, lot, area, counted, countedBy }) => ({
		key: JSON.stringify([sku, bin, lot, area]),
		sku,
		name: lot === undefined ? name : `${name} · ${lot}`,
		bin: [area, bin].filter((each) => each !== '').join(' · '),
		counted,
		by: countedBy,
	}));
	return [...lots, ...todo, ...lines.reverse()];
}

const identityOf = ({ lot, expiresOn }: Tally) => ({
	...(lot === undefined ? {} : { lot }),
	...(expiresOn === undefined ? {} : { expiresOn }),
});

/** Scan a bin, scan a product, type how many: what the books have is nowhere, so that it can't be copied. */
export function CountingScreen({ counting, area }: { readonly counting: CountCase; readonly area: string }) {
	const { t } = useTranslation(['count', 'fulfillment']);
	const { day } = useTimeText();
	const navigate = useNavigate();
	const record = useRecord();
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? nobody }));
	const now = useCounting(counting, area);
	const [isHandingIn, setIsHandingIn] = useState(false);
	const { tally, units, verdict } = now;
	const rows = rowsOf(counting);
	const waiting = stillToCount(counting).length;
	const lots = uncountedLots(counting);
	const codes = unsettledCodes(counting).length;
	const isOver = counting.state !== 'open' && counting.state !== 'recount';
	const handIn = async () => {
		setIsHandingIn(false);
		const payload = { countId: counting.id, roles: [...roles], ...(area === '' ? {} : { area }) };
		if (!(await record('submit_count', payload))) return;
		void navigate({ to: '/count' });
	};
	const subtitle = [area, now.bin].filter((each) => each !== '').join(' · ');
	return (
		<Screen
			title={t('title')}
			subtitle={subtitle === '' ? t(`kind.${counting.countKind}`) : subtitle}
			primary={{
				label:
					tally !== null && now.typed === null && units !== null
						? t('case.recordScanned', { count: units })
						: t('record'),
				disabled: tally === null || units === null || isOver,
				onAct: now.save,
			}}
			actions={[
				{
					key: 'F2',
					label: t('case.tray', { count: codes }),
					disabled: codes === 0,
					onAct: () => void navigate({ to: '/count/case/$countId/tray', params: { countId: counting.id } }),
				},
				{ key: 'F4', label: t('case.drop'), disabled: tally === null, onAct: now.drop },
				{
					key: 'F8',
					label: area === '' ? t('case.handIn') : t('case.handInArea', { area }),
					disabled: tally !== null || isOver,
					onAct: () => setIsHandingIn(true),
				},
			]}
		>
			<Stack h="100%" gap="md">
				<VerdictPanel verdict={verdict} />
				{isOver ? <Text fw={600}>{t('case.over', { state: t(`state.${counting.state}`) })}</Text> : null}
				{tally === null ? null : (
					<Group align="end" gap="lg" key={now.turn}>
						<QuantityField
							label={t('case.quantity', { name: tally.product.name })}
							description={tally.scanned > 0 ? t('case.scanned', { count: tally.scanned }) : t('hint')}
							minimum={0}
							onChange={now.setTyped}
							onEnter={now.save}
							autoFocus
						/>
						{now.needsLot ? (
							<LotField label={t('case.lot')} value={now.lot} knownLots={now.knownLots} onChange={now.setLot} />
						) : tally.lot === undefined ? null : (
							<Text fw={600}>{identityText(identityOf(tally), t, day)}</Text>
						)}
					</Group>
				)}
				<Text c="dimmed">
					{waiting === 0 ? t('case.lines', { count: counting.lines.length }) : t('case.waiting', { count: waiting })}
				</Text>
				<div style={{ flex: 1, minHeight: 0 }}>
					{rows.length === 0 ? (
						<EmptyState title={t('case.empty')}>{t('case.emptyHint')}</EmptyState>
					) : (
						<VirtualList
							label={t('case.list')}
							rows={rows}
							rowKey={({ key }) => key}
							rowHeight={56}
							onOpen={({ sku, bin, lot, counted }) => now.choose(sku, counted === null ? bin : '', lot)}
							renderRow={(row) => <LineRow row={row} />}
						/>
					)}
				</div>
			</Stack>
			{isHandingIn ? (
				<ChoiceDialog
					title={t('case.handInTitle')}
					choices={[{ key: '1', label: t('case.handInYes'), value: true }]}
					onChoose={() => void handIn()}
					onClose={() => setIsHandingIn(false)}
				>
					{lots.length === 0 ? null : (
						<Text>
							{t('case.handInLots', {
								count: lots.length,
								lots: lots.map(({ name, lot }) => `${name} · ${lot}`).join(', '),
							})}
						</Text>
					)}
					{waiting === 0 && lots.length > 0 ? null : (
						<Text>{waiting === 0 ? t('case.handInAll') : t('case.handInWaiting', { count: waiting })}</Text>
					)}
				</ChoiceDialog>
			) : null}
		</Screen>
	);
}

function LineRow({ row }: { readonly row: Row }) {
	const { t } = useTranslation('count');
	return (
		<Group wrap="nowrap" gap="lg">
			<Text fw={650} w={150} truncate>
				{row.bin}
			</Text>
			<Text flex={1} truncate>
				{row.name}
			</Text>
			<Text c="dimmed" w={160} truncate>
				{row.by}
			</Text>
			<Badge variant={row.counted === null ? 'light' : 'default'} size="lg" tt="none" w={130}>
				{row.counted === null ? t('case.todo') : t('case.counted', { count: row.counted })}
			</Badge>
		</Group>
	);
}
