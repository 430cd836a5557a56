import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Product } from '../../../shared/schema/product.ts';
import { findProduct } from '../replica/index.ts';

declare module '@tanstack/react-router' {
	interface HistoryState {
		/** The SKU with which a screen begins. */
		readonly withSku?: string | undefined;
	}
}

/** A screen that was opened for a product begins with it, once. */
export function useGivenProduct(begin: (product: Product) => void): void {
	const sku = useLocation({ select: ({ state }) => state.withSku });
	const navigate = useNavigate();
	const latest = useRef(begin);
	latest.current = begin;
	useEffect(() => {
		if (sku === undefined) return;
		let isCurrent = true;
		void findProduct(sku).then((product) => {
			if (!isCurrent) return;
			// Taken out and loaded again, it must not come back.
			void navigate({ to: '.', replace: true, state: (before) => ({ ...before, withSku: undefined }) });
			if (product !== null) latest.current(product);
		});
		return () => {
			isCurrent = false;
		};
	}, [sku, navigate]);
}
