import { Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScanCode } from '../../../../shared/codes/index.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { currentDocuments, useFulfillmentOrders, useReplicaReady, useSite } from '../../replica/index.ts';
import { useScan } from '../../scanning/index.ts';
import {
	EmptyState,
	LoadingState,
	Screen,
	useTimeText,
	useVerdict,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import { boardVerdict } from './board-verdict.ts';
import type { CounterScan } from './counter-scan.ts';
import { findPickups } from './find-pickups.ts';
import { type BoardJudgement, judgeBoardScan } from './judge-board-scan.ts';
import classes from './pickup.module.css';
import { type BoardColumn, boardColumns, type PickupBoard, pickupBoard } from './pickup-board.ts';
import { pickupDestination } from './pickup-destination.ts';
import { PickupRow, pickupRowHeight } from './pickup-row.tsx';
import { useOpenPickup } from './use-open-pickup.ts';

/** What a scan laid before the columns: these pickups, until Esc. */
interface Laid {
	readonly heading: string;
	readonly ids: readonly string[];
	readonly count: number;
}

/** `/pickup`: what is to be prepared, what needs a shelf, what can be collected; and whoever stands at the counter. */
export function PickupBoardScreen() {
	const { t } = useTranslation('pickup');
	const timeText = useTimeText();
	const isReady = useReplicaReady();
	const site = useSite();
	const fulfillmentOrders = useFulfillmentOrders();
	const { verdict, say, clear } = useVerdict();
	const openPickup = useOpenPickup();
	const [query, setQuery] = useState('');
	const [laid, setLaid] = useState<Laid | null>(null);
	const field = useRef<HTMLInputElement>(null);
	const board = useMemo(() => pickupBoard(fulfillmentOrders), [fulfillmentOrders]);
	const found = useMemo(() => findPickups(fulfillmentOrders, query), [fulfillmentOrders, query]);

	const act = (judgement: BoardJudgement) => {
		const words = boardVerdict(judgement, t, timeText.time);
		if (words !== null) say(words);
		const lay = (heading: string, pickups: readonly FulfillmentOrder[]) => {
			setQuery('');
			setLaid((before) => ({ heading, ids: pickups.map((each) => each.id), count: (before?.count ?? 0) + 1 }));
		};
		if (judgement.kind === 'open_handover') openPickup(judgement.fulfillmentOrder, 'handover', judgement.passChecked);
		else if (judgement.kind === 'shelf')
			lay(t('board.onShelf', { location: judgement.location }), judgement.fulfillmentOrders);
		else if ('fulfillmentOrder' in judgement) lay(t('board.scanned'), [judgement.fulfillmentOrder]);
		else if (judgement.kind === 'find') setQuery(judgement.query);
		else setLaid(null);
	};
	const take = (scan: CounterScan): BoardJudgement | null => {
		if (site === null) return null;
		return judgeBoardScan(scan, {
			fulfillmentOrders: currentDocuments('fulfillment_order'),
			orders: currentDocuments('order'),
			site,
		});
	};
	useScan((scan) => {
		const judgement = take({ code: scan.code, text: scan.text, typed: scan.source === 'typed' });
		if (judgement !== null) act(judgement);
		return judgement !== null;
	});

	const showAll = () => {
		setQuery('');
		setLaid(null);
		clear();
	};
	const submit = () => {
		const judgement = query.trim() === '' ? null : take({ code: readScanCode(query), text: query, typed: true });
		if (judgement !== null && judgement.kind !== 'find') act(judgement);
		else if (found.length === 1 && found[0] !== undefined) openPickup(found[0], pickupDestination(found[0], true));
		else focusList(0);
	};
	const isFinding = query.trim() !== '';
	const shown = isFinding
		? found
		: (laid?.ids ?? []).flatMap((id) => fulfillmentOrders.find((each) => each.id === id) ?? []);
	const heading = isFinding
		? shown.length === 0
			? t('board.noneFound', { query: query.trim() })
			: t('board.found', { count: shown.length, query: query.trim() })
		: (laid?.heading ?? '');

	return (
		<Screen
			title={t('title')}
			actions={[{ key: 'F3', label: t('board.find'), onAct: () => field.current?.focus() }]}
			{...(isFinding || laid !== null ? { onBack: showAll } : {})}
		>
			<div className={classes.page}>
				<div className={classes.top}>
					<TextInput
						ref={field}
						label={t('board.findLabel')}
						description={t('board.scanHint')}
						placeholder={t('board.findHint')}
						value={query}
						autoComplete="off"
						spellCheck={false}
						onChange={(event) => setQuery(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key === 'Enter') submit();
							else if (event.key === 'ArrowDown') focusList(0);
							else return;
							event.preventDefault();
						}}
					/>
					<VerdictPanel verdict={verdict} />
				</div>
				{!isReady || site === null ? (
					<LoadingState />
				) : isFinding || laid !== null ? (
					<section className={classes.column} style={{ flex: 1 }} aria-label={heading}>
						<div className={classes.columnTitle}>{heading}</div>
						{shown.length === 0 ? (
							isFinding ? (
								<EmptyState title={t('board.noneFound', { query: query.trim() })}>
									{t('board.noneFoundDetail')}
								</EmptyState>
							) : null
						) : (
							<div className={classes.list} data-pickup-list>
								<VirtualList
									key={isFinding ? 'found' : laid?.count}
									label={heading}
									rows={shown}
									rowKey={(each) => each.id}
									rowHeight={pickupRowHeight}
									autoFocus={!isFinding}
									renderRow={(each) => <PickupRow fulfillmentOrder={each} withProgress />}
									onOpen={(each) => openPickup(each, pickupDestination(each, true))}
								/>
							</div>
						)}
					</section>
				) : (
					<Columns board={board} onOpen={(each) => openPickup(each, pickupDestination(each, false))} />
				)}
			</div>
		</Screen>
	);
}

const listSelector = '[data-pickup-list] [role="listbox"]';

function focusList(at: number): void {
	document.querySelectorAll<HTMLElement>(listSelector).item(at)?.focus();
}

/** The arrow keys to the left and right go from column to column. */
function moveBetweenColumns(event: KeyboardEvent): void {
	const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
	if (step === 0) return;
	const lists = [...document.querySelectorAll<HTMLElement>(listSelector)];
	const next = lists[lists.indexOf(document.activeElement as HTMLElement) + step];
	if (next === undefined) return;
	event.preventDefault();
	next.focus();
}

function Columns(props: { readonly board: PickupBoard; readonly onOpen: (row: FulfillmentOrder) => void }) {
	const { t } = useTranslation('pickup');
	const { board, onOpen } = props;
	// Decided once: a column that fills later must not take the keys from the one in use.
	const [first] = useState<BoardColumn | undefined>(() => boardColumns.find((column) => board[column].length > 0));
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, and these are lists
		<div className={classes.columns} onKeyDown={moveBetweenColumns} role="group" aria-label={t('title')}>
			{boardColumns.map((column) => (
				<section key={column} className={classes.column} aria-label={t(`columns.${column}`)}>
					<div className={classes.columnTitle}>
						<span>{t(`columns.${column}`)}</span>
						<span className={classes.columnCount}>{board[column].length}</span>
					</div>
					{board[column].length === 0 ? (
						<Text className={classes.columnEmpty}>{t(`columnsEmpty.${column}`)}</Text>
					) : (
						<div className={classes.list} data-pickup-list>
							<VirtualList
								label={t(`columns.${column}`)}
								rows={board[column]}
								rowKey={(each) => each.id}
								rowHeight={pickupRowHeight}
								autoFocus={column === first}
								placeName={`pickup-${column}`}
								renderRow={(each) => <PickupRow fulfillmentOrder={each} />}
								onOpen={onOpen}
							/>
						</div>
					)}
				</section>
			))}
		</div>
	);
}
