import type { TFunction } from 'i18next';
import type { Verdict } from '../../ui/index.ts';
import type { HandoverRecord } from './handover-record.ts';
import type { BoardJudgement } from './judge-board-scan.ts';
import { unitsToPick } from './pickup-progress.ts';

/** The words for what a scan on the board led to; null where typed text is simply looked for. */
export function boardVerdict(
	judgement: BoardJudgement,
	t: TFunction<'pickup'>,
	time: (instant: string) => string,
): Verdict | null {
	switch (judgement.kind) {
		case 'open_handover': {
			const { customer, stagedAt } = judgement.fulfillmentOrder;
			const shelf = stagedAt ?? t('board.noShelf');
			return { kind: 'right', title: t('verdict.open_handover', { name: customer.name, shelf }) };
		}
		case 'not_prepared': {
			const { orderNumber } = judgement.fulfillmentOrder;
			const count = unitsToPick(judgement.fulfillmentOrder);
			return {
				kind: 'attention',
				title: t('verdict.not_prepared'),
				detail: t('verdict.not_prepared_detail', { count, number: orderNumber }),
			};
		}
		case 'handed_over': {
			const { orderNumber } = judgement.fulfillmentOrder;
			const { record } = judgement;
			return {
				kind: 'attention',
				title: t('verdict.handed_over'),
				detail:
					record === null
						? t('verdict.handed_over_unknown', { number: orderNumber })
						: t('verdict.handed_over_detail', { number: orderNumber, ...recordWords(record, t, time) }),
			};
		}
		case 'cancelled': {
			const { orderNumber, customer } = judgement.fulfillmentOrder;
			return {
				kind: 'wrong',
				title: t('verdict.cancelled'),
				detail: t('verdict.cancelled_detail', { number: orderNumber, name: customer.name }),
			};
		}
		case 'declined':
			return {
				kind: 'wrong',
				title: t('verdict.declined'),
				detail: t('verdict.declined_detail', { number: judgement.fulfillmentOrder.orderNumber }),
			};
		case 'not_a_pickup':
			return {
				kind: 'attention',
				title: t('verdict.not_a_pickup'),
				detail: t('verdict.not_a_pickup_detail', { number: judgement.orderNumber }),
			};
		case 'other_site': {
			const { orderNumber: number, siteNames } = judgement;
			const detail =
				siteNames.length > 0
					? t('verdict.other_site_detail', { number, sites: siteNames.join(' · ') })
					: t('verdict.other_site_none', { number });
			return { kind: 'attention', title: t('verdict.other_site'), detail };
		}
		case 'unknown_order':
			return {
				kind: 'wrong',
				title: t('verdict.unknown_order'),
				detail: t('verdict.unknown_order_detail', { number: judgement.orderNumber }),
			};
		case 'unknown_pass':
			return {
				kind: 'wrong',
				title: t('verdict.unknown_pass'),
				detail: t('verdict.unknown_pass_detail', { code: judgement.code }),
			};
		case 'shelf': {
			const { location, fulfillmentOrders } = judgement;
			if (fulfillmentOrders.length === 0) return { kind: 'right', title: t('verdict.shelfEmpty', { location }) };
			const names = fulfillmentOrders.map((each) => each.customer.name).join(' · ');
			return { kind: 'right', title: t('verdict.shelf', { location, count: fulfillmentOrders.length }), detail: names };
		}
		case 'not_a_shelf':
			return {
				kind: 'wrong',
				title: t('verdict.not_a_shelf'),
				detail: t('verdict.not_a_shelf_detail', { code: judgement.code }),
			};
		case 'product':
			return { kind: 'attention', title: t('verdict.product'), detail: t('verdict.product_detail') };
		case 'unreadable':
			return {
				kind: 'wrong',
				title: t('verdict.unreadable'),
				detail: t('verdict.unreadable_detail', { text: judgement.text }),
			};
		case 'find':
			return null;
	}
}

/** Who handed over when and to whom, as the parts of a sentence. */
export function recordWords(
	record: HandoverRecord,
	t: TFunction<'pickup'>,
	time: (instant: string) => string,
): { readonly time: string; readonly actor: string; readonly collector: string } {
	return {
		time: time(record.at),
		actor: record.actorName ?? t('handover.somebody'),
		collector: record.collectedBy ?? t('handover.somebody'),
	};
}
