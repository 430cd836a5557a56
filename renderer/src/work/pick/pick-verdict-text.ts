import type { TFunction } from 'i18next';
import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Verdict } from '../../ui/index.ts';
import type { PickVerdict } from './judge-pick-scan.ts';
import type { OutsideChange } from './notice-change.ts';

type Translate = TFunction<'pick'>;

/** What the picker sees and hears of a verdict. `standingAt` is the line that was current when the scan came. */
export function pickVerdictText(
	verdict: PickVerdict,
	fulfillmentOrder: FulfillmentOrder,
	standingAt: FulfillmentLine | null,
	t: Translate,
): Verdict {
	switch (verdict.kind) {
		case 'right_item':
			return {
				kind: 'right',
				title: verdict.moreOfLine > 0 ? t('said.rightMore', { count: verdict.moreOfLine }) : t('said.rightLine'),
				detail: rightDetail(verdict.line, verdict.units, standingAt, t),
			};
		case 'order_complete':
			return { kind: 'right', title: t('said.orderComplete'), detail: t('said.orderCompleteDetail') };
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
			return {
				kind: 'wrong',
				title: t('said.unknownProduct'),
				detail: t('said.unknownProductDetail', { code: verdict.code }),
			};
		case 'unknown_code': {
			const values = { code: shownCode(verdict.code), reason: t(`unknownReason.${verdict.reason}`) };
			return { kind: 'wrong', title: t('said.unknownCode'), detail: t('said.unknownCodeDetail', values) };
		}
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
		case 'customer_pass':
			return { kind: 'attention', title: t('said.customerPass'), detail: t('said.customerPassDetail') };
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

// A misread can be long, and hold what no screen can show.
function shownCode(code: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
	const printable = code.replace(/[\u0000-\u001f\u007f]+/g, '·').trim();
	return printable.length > 40 ? `${printable.slice(0, 40)}…` : printable;
}

/** How the picker hears of what happened to the FO from elsewhere. */
export function outsideChangeText(change: OutsideChange, t: Translate): Verdict {
	switch (change.kind) {
		case 'cancelled':
			return { kind: 'wrong', title: t('change.cancelled'), detail: t('change.cancelledDetail') };
		case 'moved':
			return { kind: 'wrong', title: t('change.moved'), detail: t('change.movedDetail') };
		case 'less_wanted': {
			const { name, wanted } = change;
			return {
				kind: 'attention',
				title: t('change.lessWanted'),
				detail: t('change.lessWantedDetail', { name, wanted }),
			};
		}
		case 'other_picker':
			return {
				kind: 'attention',
				title: t('change.otherPicker', { name: change.name }),
				detail: t('change.otherPickerDetail'),
			};
		case 'put_back': {
			const { name, quantity } = change;
			return { kind: 'attention', title: t('change.putBack'), detail: t('change.putBackDetail', { name, quantity }) };
		}
	}
}
