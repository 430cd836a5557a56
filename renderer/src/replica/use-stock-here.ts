import { useEffect, useMemo, useState } from 'react';
import { rightsLeft, sellingRightId } from '../../../shared/domain/selling-rights.ts';
import { emptyPosition, postMovement } from '../../../shared/domain/stock-ledger.ts';
import { type ShelfUnits, type StockPosition, stockPositionId } from '../../../shared/schema/stock-position.ts';
import { useDeviceValues } from '../device/index.ts';
import { shownReplica, subscribe } from './shown-replica.ts';

/** What the device knows of one SKU at its own site at this moment. */
export interface StockHere {
	readonly sku: string;
	/** Where it lies; empty where the books name no bin. */
	readonly bin: string;
	/** With what was done here and is not confirmed yet. */
	readonly units: StockPosition['units'];
	/** What of it lies in other bins than that, or is of a known lot. */
	readonly bins: readonly ShelfUnits[];
	/** When central last heard that it was counted; null where nobody has. */
	readonly countedAt: string | null;
	/** What this device may still promise of it without asking anybody. */
	readonly mayPromise: number;
}

/** Reads several SKUs at once; null before the replica is open. @param deviceId this device, whose share of the rights counts */
export async function readStocksHere(
	skus: readonly string[],
	deviceId: string | undefined,
): Promise<ReadonlyMap<string, StockHere> | null> {
	const connected = shownReplica();
	if (connected === null || connected.reader === null) return null;
	const { reader, live, siteId } = connected;
	const ids = skus.flatMap((sku) => [stockPositionId(siteId, sku), sellingRightId(siteId, sku)]);
	const rows = new Map((await reader.readByIds('stock', ids)).map(({ document }) => [document.id, document]));
	// After the reading: an operation that was confirmed meanwhile is then counted once too often, never too seldom.
	const [movements, unconfirmed] = [live.movements(), live.operations()];
	return new Map(
		skus.map((sku): [string, StockHere] => {
			const position = rows.get(stockPositionId(siteId, sku));
			const stored = position !== undefined && 'units' in position ? position : emptyPosition(siteId, sku, '');
			const now = movements
				.filter((movement) => movement.siteId === siteId && movement.sku === sku)
				.reduce((before, movement) => postMovement(before, movement).position, stored);
			const right = rows.get(sellingRightId(siteId, sku));
			const shares = right !== undefined && 'shares' in right ? right.shares : [];
			const share = shares.find((each) => each.deviceId === deviceId);
			return [
				sku,
				{
					sku,
					bin: now.bin,
					units: now.units,
					bins: now.bins ?? [],
					countedAt: stored.countedAt ?? null,
					mayPromise: rightsLeft(share, unconfirmed, sku),
				},
			];
		}),
	);
}

/** The same, kept up to date; null until it is read. */
export function useStocksHere(skus: readonly string[]): ReadonlyMap<string, StockHere> | null {
	const { deviceId } = useDeviceValues(({ enrolled }) => ({ deviceId: enrolled?.deviceId }));
	const [read, setRead] = useState<{ readonly key: string; readonly stocks: ReadonlyMap<string, StockHere> } | null>(
		null,
	);
	const key = skus.join('\n');
	useEffect(() => {
		const wanted = key === '' ? [] : key.split('\n');
		let isCurrent = true;
		let isReading = false;
		let isStale = false;
		const readAgain = async () => {
			isStale = true;
			if (isReading) return;
			isReading = true;
			try {
				while (isStale && isCurrent) {
					isStale = false;
					const stocks = await readStocksHere(wanted, deviceId);
					if (!isCurrent || stocks === null) continue;
					setRead((before) => (before?.key === key && isSame(before.stocks, stocks) ? before : { key, stocks }));
				}
			} finally {
				isReading = false;
			}
		};
		const again = () => {
			readAgain().catch((error: unknown) => console.error('The stock here could not be read', error));
		};
		again();
		const stop = subscribe(again);
		return () => {
			isCurrent = false;
			stop();
		};
	}, [key, deviceId]);
	return read === null ? null : read.stocks;
}

const isSame = (one: ReadonlyMap<string, StockHere>, other: ReadonlyMap<string, StockHere>) =>
	JSON.stringify([...one]) === JSON.stringify([...other]);

/** One SKU, kept up to date; null until it is read. */
export function useStockHere(sku: string): StockHere | null {
	const skus = useMemo(() => [sku], [sku]);
	return useStocksHere(skus)?.get(sku) ?? null;
}
