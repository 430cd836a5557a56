import type { TFunction } from 'i18next';
import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { UnitIdentity } from '../../../../shared/schema/stock-position.ts';
import { codeVerdictText } from '../../fulfillment/code-verdict-text.ts';
import { identityText } from '../../fulfillment/scanned-identity.ts';
import type { Verdict } from '../../ui/index.ts';
import type { PickVerdict } from './judge-pick-scan.ts';

type Translate = TFunction<'pick'>;

/** What the picker sees and hears of a verdict. `standingAt` is the line that was current when the scan came. */
export function pickVerdictText(
	verdict: PickVerdict,
	fulfillmentOrder: FulfillmentOrder,
	standingAt: FulfillmentLine | null,
	t: Translate,
	day: (date: string) => string,
): Verdict {
	const withIdentity = (detail: string, identity: UnitIdentity) =>
		[detail, identityText(identity, t, day)].filter((part) => part !== '').join(' · ');
	switch (verdict.kind) {
		case 'right_item':
			return {
				kind: 'right',
				title: verdict.moreOfLine > 0 ? t('said.rightMore', { count: verdict.moreOfLine }) : t('said.rightLine'),
				detail: withIdentity(rightDetail(verdict.line, verdict.units, standingAt, t), verdict.identity),
			};
		case 'order_complete':
			return {
				kind: 'right',
				title: t('said.orderComplete'),
				detail: withIdentity(t('said.orderCompleteDetail'), verdict.identity),
			};
		case 'expired': {
			const { line, expiresOn } = verdict;
			const values = { name: line.name, day: day(expiresOn) };
			return { kind: 'wrong', title: t('said.expired'), detail: t('said.expiredDetail', values) };
		}
		case 'serial_twice': {
			const { name, serial, number } = verdict;
			const isOwn = number === fulfillmentOrder.orderNumber;
			const detail = t(isOwn ? 'said.serialTwiceDetail' : 'said.serialTakenDetail', { name, serial, number });
			return { kind: 'wrong', title: t('said.serialTwice'), detail };
		}
		case 'put_back': {
			const place = t('said.putBackDetail', { name: verdict.name, bin: verdict.bin || t('noBin') });
			const more = verdict.more > 0 ? ` ${t('said.putBackMore', { count: verdict.more })}` : '';
			return { kind: 'right', title: t('said.putBack'), detail: `${place}${more}` };
		}
		case 'wrong_item': {
			const { scanned, wanted } = verdict;
			const detail =
				wanted === null
					? t('said.wrongItemNothing', { scanned })
					: t('said.wrongItemDetail', { scanned, wanted: wanted.name, bin: wanted.bin || t('noBin') });
			return { kind: 'wrong', title: t('said.wrongItem'), detail };
		}
		case 'surplus_unit': {
			const { name, bin } = verdict.line;
			return {
				kind: 'wrong',
				title: t('said.surplus'),
				detail: t('said.surplusDetail', { name, bin: bin || t('noBin') }),
			};
		}
		case 'found_after_short': {
			const { line, stillMissing } = verdict;
			const detail =
				stillMissing > 0
					? t('said.foundDetail', { name: line.name, count: stillMissing })
					: t('said.foundAll', { name: line.name });
			return { kind: 'right', title: t('said.found'), detail };
		}
		case 'reported_unsellable':
			return {
				kind: 'wrong',
				title: t('said.reportedUnsellable'),
				detail: t('said.reportedUnsellableDetail', { name: verdict.line.name }),
			};
		case 'too_many_units': {
			const { name, units, needed } = verdict;
			return { kind: 'wrong', title: t('said.tooMany'), detail: t('said.tooManyDetail', { name, units, needed }) };
		}
		case 'unknown_product':
		case 'unknown_code':
		case 'customer_pass':
			return codeVerdictText(verdict, t);
		case 'right_bin': {
			const { name, quantities } = verdict.line;
			const detail = t('said.rightBinDetail', { count: quantities.toPick, name });
			return { kind: 'right', title: t('said.rightBin'), detail };
		}
		case 'wrong_bin': {
			const { scanned, wanted } = verdict;
			const detail =
				wanted === null
					? t('said.wrongBinNothing', { scanned })
					: t('said.wrongBinDetail', { scanned, bin: wanted.bin || t('noBin') });
			return { kind: 'wrong', title: t('said.wrongBin'), detail };
		}
		case 'this_order':
			return { kind: 'attention', title: t('said.thisOrder'), detail: t('said.thisOrderDetail') };
		case 'other_order': {
			const values = { number: verdict.number, own: fulfillmentOrder.orderNumber };
			return { kind: 'wrong', title: t('said.otherOrder'), detail: t('said.otherOrderDetail', values) };
		}
		case 'not_to_pick': {
			const state = t(`ui:fulfillmentState.${verdict.state}`);
			return { kind: 'wrong', title: t('said.notToPick'), detail: t('said.notToPickDetail', { state }) };
		}
	}
}

function rightDetail(line: FulfillmentLine, units: number, standingAt: FulfillmentLine | null, t: Translate): string {
	const isElsewhere = standingAt !== null && standingAt.lineId !== line.lineId;
	const name = isElsewhere ? t('said.rightOther', { bin: line.bin || t('noBin'), name: line.name }) : line.name;
	return units > 1 ? `${name} · ${t('said.rightUnits', { units })}` : name;
}
