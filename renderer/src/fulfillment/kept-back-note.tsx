import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { leftBelowSafety } from '../../../shared/domain/safety-stock.ts';
import type { Product } from '../../../shared/schema/product.ts';
import { useKeptBackHere } from './safety-stock-here.ts';

/** What this site keeps back of a product, and whether taking so many leaves less than that. Nothing where its rules keep none back. */
export function KeptBackNote({ product, taken }: { readonly product: Product; readonly taken: number }) {
	const { t } = useTranslation('fulfillment');
	const kept = useKeptBackHere(product);
	if (kept === null || kept.safetyStock === 0) return null;
	const { available, safetyStock } = kept;
	const left = leftBelowSafety(available, safetyStock, taken);
	return (
		<Text role="status" {...(left === null ? { c: 'dimmed' } : { fw: 650 })}>
			{left === null
				? t('keptBack.here', { available, count: safetyStock })
				: t('keptBack.below', { left, count: safetyStock })}
		</Text>
	);
}
