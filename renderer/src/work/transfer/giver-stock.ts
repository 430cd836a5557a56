import { useEffect, useState } from 'react';
import type { Product } from '../../../../shared/schema/product.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { openDeviceClient, useDeviceValues } from '../../device/index.ts';
import { useSafetyStock } from '../../fulfillment/safety-stock-here.ts';

/** What another site could give of a product: central's word of now, or only what its rules keep back while nobody can ask. */
export interface GiverStock {
	/** Beyond what is claimed and kept back; null where it is not known. */
	readonly canGive: number | null;
	readonly safetyStock: number;
}

export function useGiverStock(product: Product | null, site: Site | undefined): GiverStock | null {
	const { isOnline } = useDeviceValues(({ connection }) => ({ isOnline: connection.kind === 'online' }));
	const byRules = useSafetyStock(product, site ?? null, 0);
	const sku = product?.id;
	const siteId = site?.id;
	const [known, setKnown] = useState<{ readonly about: string; readonly stock: GiverStock } | null>(null);
	const about = `${siteId} ${sku}`;
	useEffect(() => {
		if (!isOnline || sku === undefined || siteId === undefined) return;
		let isCurrent = true;
		openDeviceClient()
			.then((client) =>
				client.ask('availability', { lines: [{ sku }], siteIds: [siteId], channel: siteId, method: 'ship' }),
			)
			.then((result) => {
				if (!isCurrent || !result.ok) return;
				const there = result.answer.availability[0]?.sites.find((each) => each.siteId === siteId);
				const canGive = there === undefined ? 0 : Math.max(0, there.onHand - there.claimed - there.keptBack);
				const stock = { canGive: there?.inDoubt ? 0 : canGive, safetyStock: there?.keptBack ?? 0 };
				setKnown({ about: `${siteId} ${sku}`, stock });
			})
			.catch((error: unknown) => console.error('The device core did not ask what the other site has', error));
		return () => {
			isCurrent = false;
		};
	}, [sku, siteId, isOnline]);
	if (product === null || site === undefined) return null;
	return known?.about === about ? known.stock : { canGive: null, safetyStock: byRules };
}
