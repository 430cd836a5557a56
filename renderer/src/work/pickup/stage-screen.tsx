import { Text, UnstyledButton } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { useRecord } from '../../device/index.ts';
import {
	currentDocuments,
	useFulfillmentOrder,
	useFulfillmentOrders,
	useReplicaReady,
	useSite,
} from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { LoadingState, ProblemState, Screen, useTimeText, useVerdict, VerdictPanel } from '../../ui/index.ts';
import type { CounterScan } from './counter-scan.ts';
import { judgeStageScan, stageObstacle } from './judge-stage-scan.ts';
import classes from './pickup.module.css';
import { freeShelves, pickupBoard, type Shelf, shelves } from './pickup-board.ts';
import { PickupItems } from './pickup-items.tsx';
import { inHand, unitsInHand, unitsToShelve } from './pickup-progress.ts';
import { stageVerdict } from './stage-verdict.ts';
import { useOpenPickup } from './use-open-pickup.ts';

/** `/pickup/$fulfillmentOrderId/stage`: the picked goods get a shelf, and the pickup is ready. */
export function StageScreen() {
	const { t } = useTranslation('pickup');
	const { fulfillmentOrderId } = useParams({ strict: false });
	const fulfillmentOrder = useFulfillmentOrder(fulfillmentOrderId);
	const isReady = useReplicaReady();
	const site = useSite();
	if (fulfillmentOrder !== null && site !== null)
		return <Stage key={fulfillmentOrder.id} fulfillmentOrder={fulfillmentOrder} site={site} />;
	return (
		<Screen title={t('stage.title')}>
			{isReady ? <ProblemState title={t('missing.title')}>{t('missing.detail')}</ProblemState> : <LoadingState />}
		</Screen>
	);
}

const shelvesOffered = 4;

function Stage({ fulfillmentOrder, site }: { readonly fulfillmentOrder: FulfillmentOrder; readonly site: Site }) {
	const { t } = useTranslation('pickup');
	const timeText = useTimeText();
	const fulfillmentOrders = useFulfillmentOrders();
	const { verdict, say } = useVerdict();
	const record = useRecord();
	const inOrder = useInOrder();
	const openPickup = useOpenPickup();
	const navigate = useNavigate();
	const { id, orderId, customer, orderNumber, promisedAt, stagedAt } = fulfillmentOrder;
	const all = useMemo(() => shelves(site, fulfillmentOrders, id), [site, fulfillmentOrders, id]);
	const next = useMemo(() => pickupBoard(fulfillmentOrders).toPrepare[0], [fulfillmentOrders]);

	const stage = async (scan: CounterScan) => {
		// The documents as they are now, and not as they were when this was drawn: the scan before may just have been saved.
		const documents = currentDocuments('fulfillment_order');
		const current = documents.find((each) => each.id === id) ?? fulfillmentOrder;
		const judgement = judgeStageScan(scan, { fulfillmentOrder: current, fulfillmentOrders: documents, site });
		const free = freeShelves(shelves(site, documents, id), shelvesOffered);
		const words = stageVerdict(judgement, t, { free, name: customer.name });
		if (judgement.kind === 'put_there') {
			const isSaved = await record('stage', { fulfillmentOrderId: id, orderId, location: judgement.location });
			if (!isSaved) return;
		}
		say(words);
	};
	useScan((scan) => {
		inOrder(() => stage({ code: scan.code, text: scan.text, typed: scan.source === 'typed' }));
		return true;
	});
	const choose = (location: string) =>
		inOrder(() => stage({ code: { kind: 'location', code: location }, text: location, typed: true }));

	const obstacle = stageObstacle(fulfillmentOrder);
	const toShelve = unitsToShelve(fulfillmentOrder);
	const isOnShelf = obstacle === null && toShelve === 0 && stagedAt !== null;
	const toBoard = { label: t('stage.board'), onAct: () => void navigate({ to: '/pickup' }) };
	const primary =
		obstacle === 'not_picked'
			? { label: t('stage.pickNow'), onAct: () => openPickup(fulfillmentOrder, 'pick') }
			: obstacle !== null
				? toBoard
				: !isOnShelf
					? { label: t('stage.scanShelf'), onAct: () => {}, disabled: true }
					: next === undefined
						? toBoard
						: {
								label: t('stage.nextPrepare', { name: next.customer.name }),
								onAct: () => openPickup(next, 'pick'),
							};
	const handOver = {
		key: 'F2',
		label: t('stage.handOver'),
		onAct: () => openPickup(fulfillmentOrder, 'handover'),
		disabled: unitsInHand(fulfillmentOrder) === 0,
	};
	return (
		<Screen
			title={t('stage.title')}
			subtitle={[customer.name, t('order', { number: orderNumber }), timeText.due(promisedAt)].join(' · ')}
			primary={primary}
			actions={[handOver]}
			onBack={toBoard.onAct}
		>
			<div className={classes.sides}>
				<section className={classes.side} aria-label={t('stage.items')}>
					{isOnShelf ? (
						<div className={classes.place}>
							<Text size="lg">{t('stage.standsOn')}</Text>
							<Text className={classes.placeCode}>{stagedAt}</Text>
						</div>
					) : (
						<div>
							<Text className={classes.placeNone}>
								{obstacle === null ? t('stage.scanShelf') : t(`stage.obstacle.${obstacle}`)}
							</Text>
							{obstacle === null ? <Text size="lg">{t('stage.scanShelfDetail', { count: toShelve })}</Text> : null}
						</div>
					)}
					<PickupItems fulfillmentOrder={fulfillmentOrder} count={(line) => String(inHand(line))} />
				</section>
				<section className={classes.side} aria-label={t('stage.shelves')}>
					<VerdictPanel verdict={verdict} />
					<Text size="lg" fw={650}>
						{t('stage.shelves')}
					</Text>
					{all.length === 0 ? (
						<Text c="dimmed">{t('stage.noShelves')}</Text>
					) : (
						<div className={classes.shelves}>
							{all.map((shelf) => (
								<ShelfButton
									key={shelf.location}
									shelf={shelf}
									isHere={isOnShelf && shelf.location === stagedAt}
									onChoose={() => choose(shelf.location)}
								/>
							))}
						</div>
					)}
				</section>
			</div>
		</Screen>
	);
}

function ShelfButton(props: { readonly shelf: Shelf; readonly isHere: boolean; readonly onChoose: () => void }) {
	const { t } = useTranslation('pickup');
	const { shelf, isHere, onChoose } = props;
	const others = shelf.pickups === 0 ? t('stage.free') : t('stage.orders', { count: shelf.pickups });
	const standing = isHere ? t('stage.here') : others;
	return (
		<UnstyledButton
			className={classes.shelf}
			data-free={shelf.pickups === 0}
			data-here={isHere}
			aria-pressed={isHere}
			onClick={onChoose}
		>
			<span className={classes.shelfCode}>{shelf.location}</span>
			<span>{standing}</span>
		</UnstyledButton>
	);
}
