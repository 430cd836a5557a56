import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../shared/schema/product.ts';
import { newId, useRecord } from '../../device/index.ts';
import { isQuickCount } from '../../fulfillment/quick-counts.ts';
import { currentDocuments, readShelf } from '../../replica/index.ts';
import type { Verdict } from '../../ui/index.ts';
import { booksOf, isAsInBooks, type QuickCounted } from './books-of.ts';

interface QuickCount {
	readonly say: (verdict: Verdict) => void;
	/** The fields start again: it was recorded, or must be counted once more. */
	readonly blank: () => void;
}

/** Records one number, or one for each lot, at once. Another than the books' is asked for twice. */
export function useQuickCount({ id: sku, name, tracking }: Product, { say, blank }: QuickCount) {
	const { t } = useTranslation('count');
	const record = useRecord();
	const isSaving = useRef(false);
	const countedBefore = useRef<string | null>(null);
	return async (counted: QuickCounted): Promise<void> => {
		// A second Enter while the first is still being saved must not count again.
		if (isSaving.current) return;
		isSaving.current = true;
		try {
			const shelf = await readShelf(sku, tracking);
			if (shelf === null) return;
			const books = booksOf({ tracking }, shelf, '');
			const { units, lots, serials } = counted;
			const asText = JSON.stringify([units, lots]);
			if (!isAsInBooks(counted, books) && asText !== countedBefore.current) {
				// A typing mistake would take stock away from orders: another number than the books' is counted twice.
				countedBefore.current = asText;
				say({ kind: 'attention', title: t('again'), detail: t('againDetail') });
				blank();
				return;
			}
			countedBefore.current = null;
			// Is it asked for after a short or a debt, that count is done with this number.
			const asked = currentDocuments('count').find((each) => isQuickCount(each) && each.asked[0]?.sku === sku);
			const isSaved = await record('count', {
				countId: asked?.id ?? newId(),
				sku,
				name,
				posts: 'at_once',
				scans: [{ expected: books.expected, counted: units }],
				...(books.lotBooks === undefined ? {} : { lotBooks: books.lotBooks }),
				...(lots === undefined ? {} : { lots: [...lots] }),
				...(serials === undefined || serials.length === 0 ? {} : { serials: [...serials] }),
			});
			if (!isSaved) return;
			const difference = units - books.expected;
			const isRight = isAsInBooks(counted, books);
			const kind = difference > 0 ? 'found' : difference < 0 ? 'missing' : isRight ? 'same' : 'otherLots';
			say({
				kind: isRight ? 'right' : 'attention',
				title: t(`done.${kind}`, { count: Math.abs(difference) }),
				detail: t('done.detail', { counted: units, expected: books.expected }),
			});
			blank();
		} finally {
			isSaving.current = false;
		}
	};
}
