import type { TFunction } from 'i18next';
import type { Verdict } from '../../ui/index.ts';
import type { StageJudgement } from './judge-stage-scan.ts';

/** The words for a code that was scanned while a pickup needs a shelf. `free` are the shelves to offer, `name` is the customer's. */
export function stageVerdict(
	judgement: StageJudgement,
	t: TFunction<'pickup'>,
	{ free, name }: { readonly free: readonly string[]; readonly name: string },
): Verdict {
	// A shelf's code is never broken at its hyphen.
	const freeCodes = free.map((code) => code.replaceAll('-', '\u2011')).join(' · ');
	switch (judgement.kind) {
		case 'put_there': {
			const { location, units, from, others } = judgement;
			const items = t('stage.put_detail', { count: units, name });
			return {
				kind: 'right',
				title: from === null || from === location ? t('stage.put', { location }) : t('stage.moved', { from, location }),
				detail: others > 0 ? t('stage.putWithOthers', { count: others, items }) : items,
			};
		}
		case 'already_there':
			return { kind: 'attention', title: t('stage.already_there', { location: judgement.location }) };
		case 'obstacle':
			return { kind: 'wrong', title: t(`stage.obstacle.${judgement.obstacle}`) };
		case 'not_a_shelf': {
			const { code } = judgement;
			const detail =
				free.length > 0
					? t('stage.not_a_shelf_detail', { code, free: freeCodes })
					: t('stage.not_a_shelf_full', { code });
			return { kind: 'wrong', title: t('stage.not_a_shelf'), detail };
		}
		case 'not_a_place':
			return { kind: 'wrong', title: t('stage.not_a_shelf'), detail: t(`stage.not_a_place.${judgement.scanned}`) };
		case 'unreadable':
			return {
				kind: 'wrong',
				title: t('stage.unreadable'),
				detail: t('stage.unreadable_detail', { text: judgement.text, free: freeCodes }),
			};
	}
}
