import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showNotice } from '../../app/notices.ts';
import { saveJournalFile } from '../../app/save-journal-file.ts';
import { openDeviceClient, useDeviceStatus, useOperations } from '../../device/index.ts';
import { useFulfillmentOrders, useOrders } from '../../replica/index.ts';
import { EmptyState, Screen, useTimeText, VirtualList } from '../../ui/index.ts';
import { ConnectionDetail } from './connection-detail.tsx';
import { ExceptionList } from './exception-list.tsx';
import { oldestWaiting } from './fate.ts';
import { OperationRow, operationInstant } from './operation-row.tsx';
import type { SentenceDocuments } from './operation-sentence.ts';
import classes from './sync-screen.module.css';

/** What waits, what was confirmed, and what needs a person: in sentences, the latest first. */
export function SyncScreen() {
	const { t } = useTranslation('sync');
	const { signedIn, waiting } = useDeviceStatus();
	const operations = useOperations(500);
	const fulfillmentOrders = useFulfillmentOrders();
	const orders = useOrders();
	const time = useTimeText();
	const documents = useMemo<SentenceDocuments>(() => {
		const fulfillmentsById = new Map(fulfillmentOrders.map((each) => [each.id, each]));
		const ordersById = new Map(orders.map((each) => [each.id, each]));
		return {
			fulfillmentOrder: (id) => fulfillmentsById.get(id) ?? null,
			order: (id) => ordersById.get(id) ?? null,
		};
	}, [fulfillmentOrders, orders]);
	const oldest = oldestWaiting(operations);
	const askNow = async () => {
		const client = await openDeviceClient();
		await client.retryNow();
	};
	const exportJournal = () => {
		saveJournalFile().catch((failure: unknown) =>
			showNotice({ kind: 'wrong', title: t('exportFailed'), detail: String(failure) }),
		);
	};
	return (
		<Screen
			title={t('title')}
			primary={{ label: t('askNow'), onAct: () => void askNow() }}
			actions={[{ key: 'F4', label: t('export'), onAct: exportJournal }]}
		>
			<SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" className={classes.columns}>
				<Stack gap="md" className={classes.column}>
					<Text size="lg" fw={600} role="status">
						{waiting === 0 || oldest === null
							? t('noneWaiting')
							: t('waiting', { count: waiting, since: time.time(operationInstant(oldest.operation)) })}
					</Text>
					<div className={classes.list}>
						{operations.length === 0 ? (
							<EmptyState title={t('nothing')}>{t('nothingHint')}</EmptyState>
						) : (
							<VirtualList
								label={t('list')}
								rows={operations}
								rowKey={({ operation }) => operation.opId}
								rowHeight={76}
								renderRow={(row) => (
									<OperationRow journaled={row} documents={documents} myName={signedIn?.name ?? null} time={time} />
								)}
								onOpen={() => undefined}
								placeName="sync"
							/>
						)}
					</div>
				</Stack>
				<Stack gap="lg" className={classes.side}>
					<ExceptionList time={time} />
					<ConnectionDetail />
				</Stack>
			</SimpleGrid>
		</Screen>
	);
}
