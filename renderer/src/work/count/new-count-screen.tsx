import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskedCount } from '../../../../shared/schema/count.ts';
import { newId, useRecord } from '../../device/index.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { findProductByGtins, readShelf } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { EmptyState, Screen, useVerdict, VerdictPanel, VirtualList } from '../../ui/index.ts';
import { readAreas } from './read-areas.ts';

/** `/count/case/new`: what is to be counted, by whom at once, and whether blind. Without any product it is whatever lies there. */
export function NewCountScreen() {
	const { t } = useTranslation('count');
	const navigate = useNavigate();
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const [asked, setAsked] = useState<readonly AskedCount[]>([]);
	const [areas, setAreas] = useState('');
	const [isBlind, setIsBlind] = useState(false);
	useScan(({ code }) => {
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const product = await findProductByGtins(code.gtins);
			if (product === null) return say({ kind: 'wrong', title: t('unknown.title'), detail: code.gtins[0] });
			const shelf = await readShelf(product.id);
			const { id: sku, name } = product;
			setAsked((before) =>
				[...before.filter((each) => each.sku !== sku), { sku, name, bin: shelf?.bin ?? '' }].slice(0, 500),
			);
			say({ kind: 'right', title: name, detail: t('new.added') });
		});
		return true;
	});
	const begin = async () => {
		const countId = newId();
		const countKind = isBlind ? 'blind' : asked.length === 0 ? 'free' : 'directed';
		if (!(await record('open_count', { countId, countKind, areas: [...readAreas(areas)], asked: [...asked] }))) return;
		void navigate({ to: '/count/case/$countId', params: { countId }, replace: true });
	};
	return (
		<Screen
			title={t('new.title')}
			primary={{ label: t('new.begin'), onAct: () => void begin() }}
			actions={[
				{ key: 'F2', label: isBlind ? t('new.seeing') : t('new.blind'), onAct: () => setIsBlind(!isBlind) },
				{
					key: 'F4',
					label: t('new.removeLast'),
					disabled: asked.length === 0,
					onAct: () => setAsked(asked.slice(0, -1)),
				},
			]}
		>
			<Stack h="100%" gap="md">
				<VerdictPanel verdict={verdict} />
				<TextInput
					label={t('new.areas')}
					description={t('new.areasHint')}
					value={areas}
					maxLength={400}
					onChange={(event) => setAreas(event.currentTarget.value)}
					autoComplete="off"
					maw={620}
				/>
				<Checkbox
					label={t('new.isBlind')}
					checked={isBlind}
					onChange={(event) => setIsBlind(event.currentTarget.checked)}
				/>
				<div style={{ flex: 1, minHeight: 0 }}>
					{asked.length === 0 ? (
						<EmptyState title={t('new.free')}>{t('new.freeHint')}</EmptyState>
					) : (
						<VirtualList
							label={t('new.asked')}
							rows={asked}
							rowKey={({ sku }) => sku}
							rowHeight={52}
							onOpen={() => {}}
							renderRow={({ name, bin }) => (
								<Group wrap="nowrap">
									<Text w={140} fw={650}>
										{bin}
									</Text>
									<Text truncate>{name}</Text>
								</Group>
							)}
						/>
					)}
				</div>
			</Stack>
		</Screen>
	);
}
