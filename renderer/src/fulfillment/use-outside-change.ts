import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import { useDeviceValues } from '../device/index.ts';
import type { Verdict } from '../ui/index.ts';
import { type OutsideChange, outsideChange } from './notice-change.ts';
import { outsideChangeText } from './outside-change-text.ts';

const settledAfterMs = 250;

/**
 * Says loudly what happens from elsewhere to the FO on the screen. It looks a moment after a change: while own work is being confirmed,
 * documents and operations may pass each other, and what lasts a few milliseconds is no news.
 */
export function useOutsideChange(
	fulfillmentOrder: FulfillmentOrder | null,
	say: (verdict: Verdict) => void,
	isNews: (change: OutsideChange) => boolean = () => true,
): void {
	const { t } = useTranslation('fulfillment');
	const ownName = useDeviceValues(({ signedIn }) => ({ name: signedIn?.name ?? '' })).name;
	const known = useRef(fulfillmentOrder);
	const look = useRef(() => {});
	look.current = () => {
		const before = known.current;
		known.current = fulfillmentOrder;
		const change = before === null ? null : outsideChange(before, fulfillmentOrder, ownName);
		if (change !== null && isNews(change)) say(outsideChangeText(change, t));
	};
	const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
	useEffect(() => {
		if (known.current === fulfillmentOrder || timer.current !== null) return;
		timer.current = setTimeout(() => {
			timer.current = null;
			look.current();
		}, settledAfterMs);
	}, [fulfillmentOrder]);
	useEffect(
		() => () => {
			if (timer.current !== null) clearTimeout(timer.current);
			timer.current = null;
		},
		[],
	);
}
