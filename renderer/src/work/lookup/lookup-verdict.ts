import type { TFunction } from 'i18next';
import type { Verdict } from '../../ui/index.ts';

/** The answer to the scan of a product: how many lie free on the shelf, and where. */
export function lookupVerdict(
	{ available, bin, name }: { readonly available: number; readonly bin: string; readonly name: string },
	t: TFunction<'lookup'>,
): Verdict {
	if (available <= 0) return { kind: 'attention', title: t('verdict.none'), detail: name };
	const place = bin === '' ? '' : ` · ${bin}`;
	return { kind: 'right', title: `${t('verdict.some', { count: available })}${place}`, detail: name };
}
