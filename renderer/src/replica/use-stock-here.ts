import { useEffect, useState } from 'react';
import type { SellingRight } from '../../../shared/schema/selling-right.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import { shownReplica, subscribe } from './shown-replica.ts';
import { noUnits, type UnitsByBucket, unitsWith } from './stock-now.ts';

/** What the device knows of one SKU at its own site at this moment. */
export interface StockHere {
	readonly sku: string;
	/** Where it lies; empty where the books name no bin. */
	readonly bin: string;
	/** With what was done here and is not confirmed yet. */
	readonly units: UnitsByBucket;
	/** What the site's devices may promise of it without asking, as central last said. */
	readonly right: SellingRight | null;
}

export async function readStockHere(sku: string): Promise<StockHere | null> {
	const connected = shownReplica();
	if (connected === null || connected.reader === null) return null;
	const { reader, live, siteId } = connected;
	const positionId = stockPositionId(siteId, sku);
	const rows = (await reader.readByIds('stock', [positionId, `right:${siteId}:${sku}`])).map(
		({ document }) => document,
	);
	const position = rows.find((row) => 'units' in row);
	const right = rows.find((row) => 'kind' in row && row.kind === 'selling_right');
	return {
		sku,
		bin: position !== undefined && 'bin' in position ? position.bin : '',
		units: unitsWith(
			position !== undefined && 'units' in position ? position.units : noUnits,
			live.movements(),
			siteId,
			sku,
		),
		right: right !== undefined && 'shares' in right ? right : null,
	};
}

/** The same, kept up to date; null until it is read. */
export function useStockHere(sku: string | undefined): StockHere | null {
	const [stock, setStock] = useState<StockHere | null>(null);
	useEffect(() => {
		if (sku === undefined) return;
		let isCurrent = true;
		let isReading = false;
		let isStale = false;
		const read = async () => {
			isStale = true;
			if (isReading) return;
			isReading = true;
			try {
				while (isStale && isCurrent) {
					isStale = false;
					const found = await readStockHere(sku);
					if (isCurrent && found !== null) setStock((before) => (isSame(before, found) ? before : found));
				}
			} finally {
				isReading = false;
			}
		};
		const again = () => {
			read().catch((error: unknown) => console.error('The stock of a product could not be read', error));
		};
		again();
		const stop = subscribe(again);
		return () => {
			isCurrent = false;
			stop();
		};
	}, [sku]);
	return stock?.sku === sku ? stock : null;
}

const isSame = (one: StockHere | null, other: StockHere) => JSON.stringify(one) === JSON.stringify(other);
