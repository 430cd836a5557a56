import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import type { Supply } from '../../../../shared/domain/supply.ts';
import { showNotice } from '../../app/notices.ts';
import { saveJournalFile } from '../../app/save-journal-file.ts';
import {
	openDeviceClient,
	operationFate,
	useAllOperations,
	useAttention,
	useDeviceValues,
	useOldestUnanswered,
} from '../../device/index.ts';
import {
	useExceptions,
	useFulfillmentOrders,
	useOrders,
	usePurchaseOrders,
	useTransfers,
} from '../../replica/index.ts';
import { EmptyState, Screen, useTimeText, VirtualList } from '../../ui/index.ts';
import { ConnectionDetail } from './connection-detail.tsx';
import { ExceptionList } from './exception-list.tsx';
import { OperationCard } from './operation-card.tsx';
import { OperationRow, operationInstant } from './operation-row.tsx';
import type { SentenceDocuments } from './operation-sentence.ts';
import { saveSupportBundle } from './save-support-bundle.ts';
import { filteredOperations, syncFilters, useSyncPlace } from './sync-filter.ts';
import classes from './sync-screen.module.css';

/** What waits, what was confirmed, and what needs a person: in sentences, the latest first, with what can be done. */
export function SyncScreen() {
	const { t } = useTranslation('sync');
	const { myId, waiting } = useDeviceValues((status) => ({
		myId: status.signedIn?.associateId ?? null,
		waiting: status.waiting,
	}));
	const operations = useAllOperations();
	const attention = useAttention(useExceptions());
	const oldest = useOldestUnanswered();
	const time = useTimeText();
	const documents = useSentenceDocuments(operations);
	const { filter, chosen } = useSyncPlace();
	const byFilter = useMemo(
		() => filteredOperations(operations, attention.operations),
		[operations, attention.operations],
	);
	const sent = useMemo(() => operations.filter(({ state }) => state === 'sent').length, [operations]);
	const rows = byFilter[filter];
	const chosenOne = useMemo(
		() => operations.find(({ operation }) => operation.opId === chosen) ?? null,
		[operations, chosen],
	);
	const choose = ({ operation }: JournaledOperation) => useSyncPlace.setState({ chosen: operation.opId });
	const askNow = async () => {
		const client = await openDeviceClient();
		await client.retryNow();
	};
	const save = (write: () => Promise<void>, failed: 'exportFailed' | 'bundleFailed') => {
		write().catch((failure: unknown) => showNotice({ kind: 'wrong', title: t(failed), detail: String(failure) }));
	};
	return (
		<Screen
			title={t('title')}
			primary={{ label: t('askNow'), onAct: () => void askNow() }}
			actions={[
				{ key: 'F4', label: t('export'), onAct: () => save(saveJournalFile, 'exportFailed') },
				{ key: 'F10', label: t('bundle'), onAct: () => save(saveSupportBundle, 'bundleFailed') },
			]}
		>
			<div className={classes.columns}>
				<Stack gap="sm" className={classes.column}>
					<Text fw={600} role="status">
						{waiting === 0 || oldest === null
							? t('noneWaiting')
							: t('waiting', { count: waiting, since: time.time(operationInstant(oldest.operation)) })}
					</Text>
					<SegmentedControl
						aria-label={t('filter.label')}
						value={filter}
						onChange={(value) => useSyncPlace.setState({ filter: syncFilters.find((each) => each === value) ?? 'all' })}
						data={syncFilters.map((each) => ({
							value: each,
							label: t('filter.option', { name: t(`filter.${each}`), count: byFilter[each].length }),
						}))}
					/>
					<div className={classes.list}>
						{rows.length === 0 ? (
							filter === 'all' ? (
								<EmptyState title={t('nothing')}>{t('nothingHint')}</EmptyState>
							) : (
								<EmptyState title={t(`none.${filter}`)}>{t(`noneHint.${filter}`)}</EmptyState>
							)
						) : (
							<VirtualList
								key={filter}
								label={t('list')}
								rows={rows}
								rowKey={opIdOf}
								rowHeight={92}
								renderRow={(row) => (
									<OperationRow
										journaled={row}
										fate={operationFate(row, attention.facts)}
										documents={documents}
										myId={myId}
										time={time}
									/>
								)}
								onOpen={choose}
								onSelect={choose}
								placeName={`sync-${filter}`}
							/>
						)}
					</div>
				</Stack>
				<Stack gap="lg" className={classes.side}>
					{chosenOne === null ? null : (
						<OperationCard
							key={chosenOne.operation.opId}
							journaled={chosenOne}
							fate={operationFate(chosenOne, attention.facts)}
							documents={documents}
							time={time}
						/>
					)}
					<ExceptionList openExceptions={attention.openExceptions} time={time} />
					<ConnectionDetail time={time} sent={sent} />
				</Stack>
			</div>
		</Screen>
	);
}

function opIdOf({ operation }: JournaledOperation): string {
	return operation.opId;
}

/** The documents of the replica and this device's operations, by their ids. */
function useSentenceDocuments(operations: readonly JournaledOperation[]): SentenceDocuments {
	const fulfillmentOrders = useFulfillmentOrders();
	const orders = useOrders();
	const purchaseOrders = usePurchaseOrders();
	const transfers = useTransfers();
	return useMemo(() => {
		const fulfillmentsById = new Map(fulfillmentOrders.map((each) => [each.id, each]));
		const ordersById = new Map(orders.map((each) => [each.id, each]));
		const supplyById = new Map<string, Supply>([...purchaseOrders, ...transfers].map((each) => [each.id, each]));
		const operationsById = new Map(operations.map(({ operation }) => [operation.opId, operation]));
		return {
			fulfillmentOrder: (id) => fulfillmentsById.get(id) ?? null,
			order: (id) => ordersById.get(id) ?? null,
			supply: (id) => supplyById.get(id) ?? null,
			operation: (opId) => operationsById.get(opId) ?? null,
		};
	}, [fulfillmentOrders, orders, purchaseOrders, transfers, operations]);
}
