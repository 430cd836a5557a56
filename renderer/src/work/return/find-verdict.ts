import type { TFunction } from 'i18next';
import type { Verdict } from '../../ui/index.ts';
import type { AskedOrder } from './ask-central.ts';
import type { FindJudgement } from './judge-find-scan.ts';

/** The words for a code that was scanned to find an order; null for what the list itself answers. */
export function findVerdict(judgement: FindJudgement, t: TFunction<'return'>): Verdict | null {
	switch (judgement.kind) {
		case 'open': {
			const { number, customer } = judgement.order;
			return {
				kind: 'right',
				title: t('findVerdict.opened', { name: customer.name }),
				detail: t('findVerdict.opened_detail', { number }),
			};
		}
		case 'nothing_left':
			return {
				kind: 'attention',
				title: t('findVerdict.nothing_left'),
				detail: t('findVerdict.nothing_left_detail', { number: judgement.order.number }),
			};
		case 'not_here':
			return {
				kind: 'attention',
				title: t('findVerdict.not_here'),
				detail: t('findVerdict.not_here_detail', { number: judgement.number }),
			};
		case 'unknown_pass':
			return { kind: 'wrong', title: t('findVerdict.unknown_pass'), detail: t('findVerdict.unknown_pass_detail') };
		case 'location':
			return { kind: 'wrong', title: t('findVerdict.location'), detail: t('findVerdict.location_detail') };
		case 'unreadable':
			return {
				kind: 'wrong',
				title: t('findVerdict.unreadable'),
				detail: t('findVerdict.unreadable_detail', { text: judgement.text }),
			};
		case 'product':
		case 'find':
			return null;
	}
}

/** The words for an order that central was asked for and that did not come. */
export function askedVerdict(asked: Exclude<AskedOrder, { kind: 'here' }>, t: TFunction<'return'>): Verdict {
	const { kind, number } = asked;
	return {
		kind: kind === 'unknown_order' ? 'wrong' : 'attention',
		title: t(`findVerdict.${kind}`),
		detail: t(`findVerdict.${kind}_detail`, { number }),
	};
}

/** The words for a scanned product: how many customers of this site have it. */
export function productVerdict(name: string | null, orders: number, t: TFunction<'return'>): Verdict {
	if (name === null) {
		return {
			kind: 'wrong',
			title: t('findVerdict.unknown_product'),
			detail: t('findVerdict.unknown_product_detail'),
		};
	}
	if (orders === 0) {
		return {
			kind: 'attention',
			title: t('findVerdict.product_none'),
			detail: t('findVerdict.product_none_detail', { name }),
		};
	}
	return {
		kind: 'right',
		title: t('findVerdict.product', { name }),
		detail: t('findVerdict.product_detail', { count: orders }),
	};
}
