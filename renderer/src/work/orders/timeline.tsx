import { Timeline as Line, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ShortReason } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order, TimelineEntry } from '../../../../shared/schema/order.ts';
import type { TimeText } from '../../ui/index.ts';

const shortReasons: readonly string[] = ['not_found', 'damaged', 'not_sellable'] satisfies readonly ShortReason[];

/** One entry of the timeline as a sentence without its author. */
export function timelineSentence(entry: TimelineEntry, siteName: string, t: TFunction<'orders'>): string {
	const { what, quantity = 1, detail = '' } = entry;
	const isReason = what === 'units_short' && shortReasons.includes(detail);
	return t(`did.${what}`, { count: quantity, site: siteName, detail: isReason ? t(`shortReason.${detail}`) : detail });
}

/** Who did what, when and where, the latest first; what central has not confirmed yet says so. */
export function Timeline(props: {
	readonly order: Order;
	readonly unconfirmed: ReadonlySet<string>;
	readonly siteNames: ReadonlyMap<string, string>;
	readonly time: TimeText;
}) {
	const { t } = useTranslation('orders');
	const { order, siteNames, time, unconfirmed } = props;
	return (
		<Line bulletSize={16} lineWidth={2}>
			{order.timeline.toReversed().map((entry) => {
				const site = entry.siteId === undefined ? '' : (siteNames.get(entry.siteId) ?? entry.siteId);
				const key = `${entry.at} ${entry.what} ${entry.operationId ?? ''} ${entry.fulfillmentOrderId ?? ''}`;
				const isUnconfirmed = entry.operationId !== undefined && unconfirmed.has(entry.operationId);
				return (
					<Line.Item
						key={key}
						title={timelineSentence(entry, site, t)}
						lineVariant={isUnconfirmed ? 'dashed' : 'solid'}
					>
						<Text c="dimmed">
							{[time.time(entry.at), entry.actorName ?? t('central'), entry.what === 'assigned' ? '' : site]
								.filter((part) => part !== '')
								.join(' · ')}
							{isUnconfirmed ? ` · ${t('unconfirmed')}` : ''}
						</Text>
					</Line.Item>
				);
			})}
		</Line>
	);
}
