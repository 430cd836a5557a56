import type { TFunction } from 'i18next';
import { spanText } from '../ui/time-text.ts';
import type { StandingNotice } from './standing-notices.ts';

/** A standing notice as a sentence or two. */
export function noticeWords(
	{ kind, offMs = 0, count = 0 }: StandingNotice,
	language: string,
	t: TFunction<'app'>,
): string {
	const span = spanText(Math.max(1, Math.round(Math.abs(offMs) / 60_000)), language);
	if (kind === 'clock_off') return t(offMs < 0 ? 'standing.clock_behind' : 'standing.clock_ahead', { span });
	return t(`standing.${kind}`, { count, span });
}
