import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { memo, useDeferredValue, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttention, useDeviceValues } from '../device/index.ts';
import { useExceptions, useFulfillmentOrders } from '../replica/index.ts';
import { isDialogOpen } from '../ui/index.ts';
import classes from './app-frame.module.css';
import { countWork } from './work-counts.ts';

/** The places of the rail, in order: Alt and the number goes there. */
export const railPlaces = [
	{ name: 'today', to: '/' },
	{ name: 'pick', to: '/pick' },
	{ name: 'pack', to: '/pack' },
	{ name: 'pickup', to: '/pickup' },
	{ name: 'return', to: '/return' },
	{ name: 'orders', to: '/orders' },
	{ name: 'stock', to: '/stock' },
	{ name: 'sync', to: '/sync' },
] as const;

const stockPlace = railPlaces.find(({ name }) => name === 'stock');
/** Screens that are reached from the place of the stock. */
const stockPaths = [
	'/count',
	'/adjust',
	'/move',
	'/bins',
	'/receive',
	'/transfer',
	'/lookup',
	'/rules',
	'/sell',
	'/reserve',
	'/reservations',
	'/capture',
];

export function Rail() {
	const { t } = useTranslation('app');
	const navigate = useNavigate();
	const path = useRouterState({ select: (state) => state.location.pathname });
	// The answer to a scan is drawn first, the counts after it.
	const fulfillmentOrders = useDeferredValue(useFulfillmentOrders());
	const exceptions = useDeferredValue(useExceptions());
	const { waiting } = useDeviceValues((status) => ({ waiting: status.waiting }));
	const work = useMemo(() => countWork(fulfillmentOrders), [fulfillmentOrders]);
	const attention = useAttention(exceptions);
	const counts: Readonly<Record<string, number>> = { ...work, sync: waiting + attention.count };

	useEffect(() => {
		const pressed = (event: KeyboardEvent) => {
			if (!event.altKey || event.ctrlKey || event.metaKey || isDialogOpen()) return;
			const place = railPlaces[Number(/^Digit([1-9])$/.exec(event.code)?.[1] ?? 0) - 1];
			if (place === undefined) return;
			event.preventDefault();
			void navigate({ to: place.to });
		};
		window.addEventListener('keydown', pressed);
		return () => window.removeEventListener('keydown', pressed);
	}, [navigate]);

	const isAt = (to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
	const here = stockPaths.some(isAt) ? stockPlace : railPlaces.findLast(({ to }) => isAt(to));
	return (
		<nav className={classes.rail} aria-label={t('rail.label')}>
			<div className={classes.brand}>Backstock</div>
			{railPlaces.map(({ name }, index) => (
				<Entry key={name} index={index} count={counts[name] ?? 0} isHere={here?.name === name} />
			))}
			<div className={classes.hint}>{t('rail.hint')}</div>
		</nav>
	);
}

interface EntryProps {
	readonly index: number;
	readonly count: number;
	readonly isHere: boolean;
}

/** Of its own, so that a count that changes draws one link anew and not all of them. */
const Entry = memo(function Entry({ index, count, isHere }: EntryProps) {
	const { t } = useTranslation('app');
	const place = railPlaces[index];
	if (place === undefined) return null;
	return (
		<Link
			to={place.to}
			className={classes.entry}
			{...(isHere ? { 'data-here': true, 'aria-current': 'page' as const } : {})}
			title={`Alt ${index + 1}`}
			aria-keyshortcuts={`Alt+${index + 1}`}
		>
			{t(`rail.${place.name}`)}
			{count === 0 ? null : <span className={classes.count}>{count}</span>}
		</Link>
	);
});
