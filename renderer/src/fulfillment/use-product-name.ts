import { useEffect, useState } from 'react';
import { findProduct } from '../replica/index.ts';

/** The catalog's name of a SKU; undefined until it is found, and without one. */
export function useProductName(sku: string | undefined): string | undefined {
	const [found, setFound] = useState<{ readonly sku: string; readonly name: string } | null>(null);
	useEffect(() => {
		if (sku === undefined) return;
		let isCurrent = true;
		void findProduct(sku).then((product) => {
			if (isCurrent && product !== null) setFound({ sku, name: product.name });
		});
		return () => {
			isCurrent = false;
		};
	}, [sku]);
	return found !== null && found.sku === sku ? found.name : undefined;
}
