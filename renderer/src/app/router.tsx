import {
	createHashHistory,
	createRootRoute,
	createRoute,
	createRouter,
	lazyRouteComponent,
} from '@tanstack/react-router';
import { AppFrame } from './app-frame.tsx';
import { ScreenNotFound } from './screen-not-found.tsx';
import { ScreenProblem } from './screen-problem.tsx';

const root = createRootRoute({
	component: AppFrame,
	notFoundComponent: ScreenNotFound,
	errorComponent: ScreenProblem,
});

const at = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
	createRoute({ getParentRoute: () => root, path, component, errorComponent: ScreenProblem });

const routes = [
	at(
		'/',
		lazyRouteComponent(() => import('../work/today/today-screen.tsx'), 'TodayScreen'),
	),
	at(
		'/pick',
		lazyRouteComponent(() => import('../work/pick/pick-list-screen.tsx'), 'PickListScreen'),
	),
	at(
		'/pick/$fulfillmentOrderId',
		lazyRouteComponent(() => import('../work/pick/pick-screen.tsx'), 'PickScreen'),
	),
	at(
		'/pack',
		lazyRouteComponent(() => import('../work/pack/pack-list-screen.tsx'), 'PackListScreen'),
	),
	at(
		'/pack/$fulfillmentOrderId',
		lazyRouteComponent(() => import('../work/pack/pack-screen.tsx'), 'PackScreen'),
	),
	at(
		'/pickup',
		lazyRouteComponent(() => import('../work/pickup/pickup-board-screen.tsx'), 'PickupBoardScreen'),
	),
	at(
		'/pickup/$fulfillmentOrderId/stage',
		lazyRouteComponent(() => import('../work/pickup/stage-screen.tsx'), 'StageScreen'),
	),
	at(
		'/pickup/$fulfillmentOrderId/handover',
		lazyRouteComponent(() => import('../work/pickup/handover-screen.tsx'), 'HandoverScreen'),
	),
	at(
		'/return',
		lazyRouteComponent(() => import('../work/return/return-find-screen.tsx'), 'ReturnFindScreen'),
	),
	at(
		'/return/$orderId',
		lazyRouteComponent(() => import('../work/return/return-screen.tsx'), 'ReturnScreen'),
	),
	at(
		'/orders',
		lazyRouteComponent(() => import('../work/orders/orders-screen.tsx'), 'OrdersScreen'),
	),
	at(
		'/orders/$orderId',
		lazyRouteComponent(() => import('../work/orders/order-screen.tsx'), 'OrderScreen'),
	),
	at(
		'/stock',
		lazyRouteComponent(() => import('../work/stock/stock-screen.tsx'), 'StockScreen'),
	),
	at(
		'/adjust',
		lazyRouteComponent(() => import('../work/adjust/adjust-screen.tsx'), 'AdjustScreen'),
	),
	at(
		'/move',
		lazyRouteComponent(() => import('../work/move/move-screen.tsx'), 'MoveScreen'),
	),
	at(
		'/count',
		lazyRouteComponent(() => import('../work/count/count-list-screen.tsx'), 'CountListScreen'),
	),
	at(
		'/count/case/new',
		lazyRouteComponent(() => import('../work/count/new-count-screen.tsx'), 'NewCountScreen'),
	),
	at(
		'/count/case/$countId',
		lazyRouteComponent(() => import('../work/count/case-screen.tsx'), 'CaseScreen'),
	),
	at(
		'/count/case/$countId/review',
		lazyRouteComponent(() => import('../work/count/review-screen.tsx'), 'ReviewScreen'),
	),
	at(
		'/count/case/$countId/tray',
		lazyRouteComponent(() => import('../work/count/tray-screen.tsx'), 'TrayScreen'),
	),
	at(
		'/count/$sku',
		lazyRouteComponent(() => import('../work/count/count-screen.tsx'), 'CountScreen'),
	),
	at(
		'/lookup',
		lazyRouteComponent(() => import('../work/lookup/lookup-find-screen.tsx'), 'LookupFindScreen'),
	),
	at(
		'/lookup/$sku',
		lazyRouteComponent(() => import('../work/lookup/lookup-screen.tsx'), 'LookupScreen'),
	),
	at(
		'/receive',
		lazyRouteComponent(() => import('../work/receive/receive-list-screen.tsx'), 'ReceiveListScreen'),
	),
	at(
		'/receive/$supplyId',
		lazyRouteComponent(() => import('../work/receive/receive-screen.tsx'), 'ReceiveScreen'),
	),
	at(
		'/bins',
		lazyRouteComponent(() => import('../work/bins/bins-screen.tsx'), 'BinsScreen'),
	),
	at(
		'/transfer',
		lazyRouteComponent(() => import('../work/transfer/transfer-list-screen.tsx'), 'TransferListScreen'),
	),
	at(
		'/transfer/send',
		lazyRouteComponent(() => import('../work/transfer/send-screen.tsx'), 'SendScreen'),
	),
	at(
		'/transfer/new',
		lazyRouteComponent(() => import('../work/transfer/request-screen.tsx'), 'RequestScreen'),
	),
	at(
		'/transfer/$transferId',
		lazyRouteComponent(() => import('../work/transfer/transfer-screen.tsx'), 'TransferScreen'),
	),
	at(
		'/rules',
		lazyRouteComponent(() => import('../work/rules/rules-screen.tsx'), 'RulesScreen'),
	),
	at(
		'/rules/replay',
		lazyRouteComponent(() => import('../work/routing-replay/replay-screen.tsx'), 'ReplayScreen'),
	),
	at(
		'/rules/routing',
		lazyRouteComponent(() => import('../work/rules/routing-screen.tsx'), 'RoutingScreen'),
	),
	at(
		'/rules/runs',
		lazyRouteComponent(() => import('../work/rules/runs-screen.tsx'), 'RunsScreen'),
	),
	at(
		'/sell',
		lazyRouteComponent(() => import('../work/sell/sale-screen.tsx'), 'SaleScreen'),
	),
	at(
		'/sell/$reservationId',
		lazyRouteComponent(() => import('../work/sell/sale-screen.tsx'), 'SaleScreen'),
	),
	at(
		'/reserve',
		lazyRouteComponent(() => import('../work/sell/reserve-screen.tsx'), 'ReserveScreen'),
	),
	at(
		'/reservations',
		lazyRouteComponent(() => import('../work/sell/reservations-screen.tsx'), 'ReservationsScreen'),
	),
	at(
		'/capture',
		lazyRouteComponent(() => import('../work/sell/capture-screen.tsx'), 'CaptureScreen'),
	),
	at(
		'/sync',
		lazyRouteComponent(() => import('../work/sync/sync-screen.tsx'), 'SyncScreen'),
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
