import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { AppFrame } from './app-frame.tsx';
import { lazyScreen } from './lazy-screen.tsx';
import { ScreenNotFound } from './screen-not-found.tsx';
import { ScreenProblem } from './screen-problem.tsx';

const root = createRootRoute({
	component: AppFrame,
	notFoundComponent: ScreenNotFound,
	errorComponent: ScreenProblem,
});

const at = <const Path extends string>(path: Path, component: ReturnType<typeof lazyScreen>) =>
	createRoute({ getParentRoute: () => root, path, component, errorComponent: ScreenProblem });

const routes = [
	at(
		'/',
		lazyScreen(() => import('../work/today/today-screen.tsx').then(({ TodayScreen }) => TodayScreen)),
	),
	at(
		'/pick',
		lazyScreen(() => import('../work/pick/pick-list-screen.tsx').then(({ PickListScreen }) => PickListScreen)),
	),
	at(
		'/pick/$fulfillmentOrderId',
		lazyScreen(() => import('../work/pick/pick-screen.tsx').then(({ PickScreen }) => PickScreen)),
	),
	at(
		'/pack',
		lazyScreen(() => import('../work/pack/pack-list-screen.tsx').then(({ PackListScreen }) => PackListScreen)),
	),
	at(
		'/pack/$fulfillmentOrderId',
		lazyScreen(() => import('../work/pack/pack-screen.tsx').then(({ PackScreen }) => PackScreen)),
	),
	at(
		'/pickup',
		lazyScreen(() =>
			import('../work/pickup/pickup-board-screen.tsx').then(({ PickupBoardScreen }) => PickupBoardScreen),
		),
	),
	at(
		'/pickup/$fulfillmentOrderId/stage',
		lazyScreen(() => import('../work/pickup/stage-screen.tsx').then(({ StageScreen }) => StageScreen)),
	),
	at(
		'/pickup/$fulfillmentOrderId/handover',
		lazyScreen(() => import('../work/pickup/handover-screen.tsx').then(({ HandoverScreen }) => HandoverScreen)),
	),
	at(
		'/return',
		lazyScreen(() => import('../work/return/return-find-screen.tsx').then(({ ReturnFindScreen }) => ReturnFindScreen)),
	),
	at(
		'/return/$orderId',
		lazyScreen(() => import('../work/return/return-screen.tsx').then(({ ReturnScreen }) => ReturnScreen)),
	),
	at(
		'/orders',
		lazyScreen(() => import('../work/orders/orders-screen.tsx').then(({ OrdersScreen }) => OrdersScreen)),
	),
	at(
		'/orders/$orderId',
		lazyScreen(() => import('../work/orders/order-screen.tsx').then(({ OrderScreen }) => OrderScreen)),
	),
	at(
		'/stock',
		lazyScreen(() => import('../work/stock/stock-screen.tsx').then(({ StockScreen }) => StockScreen)),
	),
	at(
		'/adjust',
		lazyScreen(() => import('../work/adjust/adjust-screen.tsx').then(({ AdjustScreen }) => AdjustScreen)),
	),
	at(
		'/move',
		lazyScreen(() => import('../work/move/move-screen.tsx').then(({ MoveScreen }) => MoveScreen)),
	),
	at(
		'/count',
		lazyScreen(() => import('../work/count/count-list-screen.tsx').then(({ CountListScreen }) => CountListScreen)),
	),
	at(
		'/count/case/new',
		lazyScreen(() => import('../work/count/new-count-screen.tsx').then(({ NewCountScreen }) => NewCountScreen)),
	),
	at(
		'/count/case/$countId',
		lazyScreen(() => import('../work/count/case-screen.tsx').then(({ CaseScreen }) => CaseScreen)),
	),
	at(
		'/count/case/$countId/review',
		lazyScreen(() => import('../work/count/review-screen.tsx').then(({ ReviewScreen }) => ReviewScreen)),
	),
	at(
		'/count/case/$countId/tray',
		lazyScreen(() => import('../work/count/tray-screen.tsx').then(({ TrayScreen }) => TrayScreen)),
	),
	at(
		'/count/$sku',
		lazyScreen(() => import('../work/count/count-screen.tsx').then(({ CountScreen }) => CountScreen)),
	),
	at(
		'/lookup',
		lazyScreen(() => import('../work/lookup/lookup-find-screen.tsx').then(({ LookupFindScreen }) => LookupFindScreen)),
	),
	at(
		'/lookup/$sku',
		lazyScreen(() => import('../work/lookup/lookup-screen.tsx').then(({ LookupScreen }) => LookupScreen)),
	),
	at(
		'/receive',
		lazyScreen(() =>
			import('../work/receive/receive-list-screen.tsx').then(({ ReceiveListScreen }) => ReceiveListScreen),
		),
	),
	at(
		'/receive/$supplyId',
		lazyScreen(() => import('../work/receive/receive-screen.tsx').then(({ ReceiveScreen }) => ReceiveScreen)),
	),
	at(
		'/bins',
		lazyScreen(() => import('../work/bins/bins-screen.tsx').then(({ BinsScreen }) => BinsScreen)),
	),
	at(
		'/transfer',
		lazyScreen(() =>
			import('../work/transfer/transfer-list-screen.tsx').then(({ TransferListScreen }) => TransferListScreen),
		),
	),
	at(
		'/transfer/send',
		lazyScreen(() => import('../work/transfer/send-screen.tsx').then(({ SendScreen }) => SendScreen)),
	),
	at(
		'/transfer/new',
		lazyScreen(() => import('../work/transfer/request-screen.tsx').then(({ RequestScreen }) => RequestScreen)),
	),
	at(
		'/transfer/$transferId',
		lazyScreen(() => import('../work/transfer/transfer-screen.tsx').then(({ TransferScreen }) => TransferScreen)),
	),
	at(
		'/rules',
		lazyScreen(() => import('../work/rules/rules-screen.tsx').then(({ RulesScreen }) => RulesScreen)),
	),
	at(
		'/rules/replay',
		lazyScreen(() => import('../work/routing-replay/replay-screen.tsx').then(({ ReplayScreen }) => ReplayScreen)),
	),
	at(
		'/rules/routing',
		lazyScreen(() => import('../work/rules/routing-screen.tsx').then(({ RoutingScreen }) => RoutingScreen)),
	),
	at(
		'/rules/runs',
		lazyScreen(() => import('../work/rules/runs-screen.tsx').then(({ RunsScreen }) => RunsScreen)),
	),
	at(
		'/sell',
		lazyScreen(() => import('../work/sell/sale-screen.tsx').then(({ SaleScreen }) => SaleScreen)),
	),
	at(
		'/sell/$reservationId',
		lazyScreen(() => import('../work/sell/sale-screen.tsx').then(({ SaleScreen }) => SaleScreen)),
	),
	at(
		'/reserve',
		lazyScreen(() => import('../work/sell/reserve-screen.tsx').then(({ ReserveScreen }) => ReserveScreen)),
	),
	at(
		'/reservations',
		lazyScreen(() =>
			import('../work/sell/reservations-screen.tsx').then(({ ReservationsScreen }) => ReservationsScreen),
		),
	),
	at(
		'/capture',
		lazyScreen(() => import('../work/sell/capture-screen.tsx').then(({ CaptureScreen }) => CaptureScreen)),
	),
	at(
		'/sync',
		lazyScreen(() => import('../work/sync/sync-screen.tsx').then(({ SyncScreen }) => SyncScreen)),
	),
];

/** Where each screen is. The place is in the hash, which works the same behind https and app://. */
export const router = createRouter({
	routeTree: root.addChildren(routes),
	history: createHashHistory(),
	defaultPreload: false,
	scrollRestoration: false,
});

declare module '@tanstack/react-router' {
	interface Register {
		router: typeof router;
	}
}
