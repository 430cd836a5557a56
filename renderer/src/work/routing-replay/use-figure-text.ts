import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayComparison } from '../../../../shared/protocol/replay-messages.ts';
import type { FigureKind } from './replay-figures.ts';

export interface FigureText {
	figure(kind: FigureKind, value: number): string;
	/** With its sign. */
	difference(kind: FigureKind, value: number): string;
}

/** Writes figures in the user's language: of a day the costs are minor units of its currency, of a file amounts as they stand there. */
export function useFigureText({ day, currency }: Pick<ReplayComparison, 'day' | 'currency'>): FigureText {
	const { i18n } = useTranslation('routing-replay');
	return useMemo(
		() => figureText(i18n.language, day === undefined ? undefined : currency),
		[i18n.language, day, currency],
	);
}

function figureText(language: string, currency: string | undefined): FigureText {
	const count = new Intl.NumberFormat(language);
	const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
	const cost =
		currency === undefined
			? new Intl.NumberFormat(language, { maximumFractionDigits: 2, minimumFractionDigits: 2 })
			: new Intl.NumberFormat(language, { style: 'currency', currency });
	const factor = currency === undefined ? 1 : 10 ** (cost.resolvedOptions().maximumFractionDigits ?? 2);
	const figure = (kind: FigureKind, value: number) =>
		kind === 'count' ? count.format(value) : kind === 'share' ? share.format(value) : cost.format(value / factor);
	return {
		figure,
		difference: (kind, value) => {
			const size = figure(kind, Math.abs(value));
			return size === figure(kind, 0) ? size : value > 0 ? `+${size}` : `−${size}`;
		},
	};
}
