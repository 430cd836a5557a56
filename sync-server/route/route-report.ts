import type { CheckedSolution } from '../central/routing/engine/check-solution.ts';
import { faultWords, type InstanceFault } from '../central/routing/engine/instance-fault.ts';
import type { ReadInstance } from '../central/routing/engine/read-instance.ts';
import type { BatchResult } from '../central/routing/engine/route-batch.ts';

export interface RouteRun {
	readonly instance: ReadInstance;
	readonly result: Pick<BatchResult, 'bound' | 'gap' | 'unavoidable' | 'choice'>;
	readonly checked: CheckedSolution;
	readonly seconds: number;
}

const mostFaultsShown = 100;
const mostUnstockedShown = 10;
const whole = new Intl.NumberFormat('en');
const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What the command says about a run, line by line. */
export function reportLines({ instance, result, checked, seconds }: RouteRun): string[] {
	const { problem, faults, unstocked, leftOut, currency } = instance;
	const money = (cost: number) => `${cents.format(cost)}${currency === undefined ? '' : ` ${currency}`}`;
	const units = problem.orders.reduce((sum, { lines }) => sum + lines.reduce((all, line) => all + line.units, 0), 0);
	const lines = [...faultLines(faults, mostFaultsShown), ...faultLines(unstocked, mostUnstockedShown)];
	const left = leftOut.reduce((sum, line) => sum + line.units, 0);
	if (left > 0)
		lines.push(
			`${count(left, 'unit')} of lines that were left out stand as unfilled in the solution; the cost doesn't count them.`,
		);
	lines.push(
		`${count(problem.orders.length, 'order')}, ${count(units, 'unit')}, ${count(problem.sites.length, 'site')}.`,
		`Cost: ${money(checked.cost)} (shipping ${cents.format(checked.shipping)}, handling ${cents.format(checked.handling)}, ` +
			`splits ${cents.format(checked.split)}, unfilled ${cents.format(checked.unfilledPenalty)}); ${count(checked.parcels, 'parcel')}.`,
		`Unfilled: ${count(checked.unfilledUnits, 'unit')}. What no routing can save: ${money(result.unavoidable)}.`,
		`No solution costs less than ${money(result.bound)}: the gap is ${(result.gap * 100).toFixed(2)} % of what routing can influence.`,
		`Time: ${seconds.toFixed(2)} s. ${choiceWords(result.choice)}`,
	);
	return lines;
}

function faultLines(faults: readonly InstanceFault[], most: number): string[] {
	const lines = faults.slice(0, most).map(faultWords);
	return faults.length > most ? [...lines, `… and ${whole.format(faults.length - most)} more of this kind.`] : lines;
}

function choiceWords(choice: BatchResult['choice']): string {
	if (choice.by === 'solver') return `Plans were chosen by ${choice.name} and own improvement.`;
	if (choice.because === 'solver missing') {
		return `HiGHS can't be loaded (${choice.reason}); plans were chosen by own improvement alone.`;
	}
	return `Plans were chosen by own improvement: ${choice.because === 'no time' ? 'the time was too short to wait for HiGHS' : 'nothing was left to gain'}.`;
}

function count(amount: number, what: string): string {
	return `${whole.format(amount)} ${what}${amount === 1 ? '' : 's'}`;
}
