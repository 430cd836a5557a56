import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScan } from '../../../../shared/codes/index.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { findProductByGtins, type Shelf } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import type { Verdict } from '../../ui/index.ts';

/** A product that is counted by itself, and what the books had when that was begun. */
export interface Counted {
	readonly product: Product;
	readonly shelf: Shelf;
}

export function WhatToCount({ product: { name }, shelf: { bin } }: Counted) {
	const { t } = useTranslation('count');
	return (
		<Text size="xl" fw={650}>
			{bin === '' ? t('whatNoBin', { name }) : t('what', { name, bin })}
		</Text>
	);
}

/** Follows the scanner while one product is counted: its own codes are judged, another product is counted instead. */
export function useCountedProduct(
	product: Product,
	say: (verdict: Verdict) => void,
	judge: (code: ProductScan) => Verdict,
): void {
	const { t } = useTranslation('count');
	const navigate = useNavigate();
	const inOrder = useInOrder();
	const latest = useRef(judge);
	latest.current = judge;
	useScan(({ code }) => {
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const found = await findProductByGtins(code.gtins);
			if (found === null) say({ kind: 'wrong', title: t('unknown.title'), detail: code.gtins[0] });
			else if (found.id === product.id) say(latest.current(code));
			else void navigate({ to: '/count/$sku', params: { sku: found.id }, replace: true });
		});
		return true;
	});
}
