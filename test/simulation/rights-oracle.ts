import { claimedUnits, leftOf, unitsBySku } from '../../shared/domain/selling-rights.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import type { SellingRight } from '../../shared/schema/selling-right.ts';
import type { Books } from './oracle.ts';

/** What central has set aside, as read from its tables. */
export interface RightBooks extends Pick<Books, 'positions' | 'exceptions' | 'applied'> {
	readonly rights: readonly SellingRight[];
	/** Those that have not expired. */
	readonly claims: readonly {
		readonly siteId: string;
		readonly sku: string;
		readonly kind: 'reservation' | 'right';
		readonly holderId: string;
		readonly units: number;
	}[];
	/** Operations that were refused for want of stock. */
	readonly refusedForStock: readonly OperationEnvelope[];
	/** Central has forgotten grants, or two devices were one: what they promised may be a told debt. */
	readonly isForked: boolean;
}

export interface RightFault {
	readonly invariant: 'promise' | 'right';
	readonly words: string;
}

/** Promises that are certain where rights cover them; a sale has happened whatever they cover. */
const certainTypes: ReadonlySet<string> = new Set(['capture_order', 'reserve_stock']);

/** Looks once more whether anything was promised twice: whatever is set aside is there, belongs to who may promise it, and is honored. */
export function rightFaults(books: RightBooks): readonly RightFault[] {
	return [...shareFaults(books), ...stockFaults(books), ...refusalFaults(books), ...firstDebtFaults(books)];
}

/** Each share's counts leave what its claim says, and never less than nothing. */
function shareFaults({ rights, claims }: RightBooks): readonly RightFault[] {
	const claimed = new Map<string, number>(
		claims.flatMap(({ kind, siteId, sku, holderId, units }) =>
			kind === 'right' ? [[`${siteId} ${sku} ${holderId}`, units] as const] : [],
		),
	);
	const faults: RightFault[] = [];
	for (const { siteId, sku, shares } of rights)
		for (const share of shares) {
			const key = `${siteId} ${sku} ${share.deviceId}`;
			const units = claimed.get(key) ?? 0;
			claimed.delete(key);
			const isWhole = Math.min(share.granted, share.used, share.released, share.recall, leftOf(share)) >= 0;
			if (isWhole && leftOf(share) === units) continue;
			const words = `${siteId} has ${units} × ${sku} set aside for the share ${JSON.stringify(share)}`;
			faults.push({ invariant: 'right', words });
		}
	for (const [key, units] of claimed)
		faults.push({ invariant: 'right', words: `${units} of ${key} belong to no share` });
	return faults;
}

/** What is set aside lies on the shelf, but where a fact took it and somebody was told. */
function stockFaults({ positions, claims, exceptions }: RightBooks): readonly RightFault[] {
	const told = new Set(
		exceptions.flatMap(({ exceptionKind, siteId, sku }) =>
			exceptionKind === 'promised_more_than_held' || exceptionKind === 'stock_below_zero' ? [`${siteId} ${sku}`] : [],
		),
	);
	return positions.flatMap(({ siteId, sku, available }): RightFault[] => {
		const units = claims.reduce((sum, each) => sum + (each.siteId === siteId && each.sku === sku ? each.units : 0), 0);
		if (units <= Math.max(0, Number(available)) || told.has(`${siteId} ${sku}`)) return [];
		const words = `${siteId} has ${available} × ${sku} available and ${units} set aside, and nobody was told`;
		return [{ invariant: 'promise', words }];
	});
}

/** What was promised under rights is never refused because there is no stock. */
function refusalFaults({ refusedForStock }: RightBooks): readonly RightFault[] {
	return refusedForStock.flatMap((operation): RightFault[] => {
		if (!isCovered(operation)) return [];
		const words = `${operation.type} ${operation.seq} was promised under rights and refused for stock`;
		return [{ invariant: 'promise', words }];
	});
}

/** A promise under rights is never what first makes a debt: its units had been set aside. */
function firstDebtFaults({ exceptions, applied, isForked }: RightBooks): readonly RightFault[] {
	if (isForked) return [];
	const made = new Map(applied.map(({ operation }) => [operation.opId, operation]));
	const debts = exceptions.filter(({ exceptionKind }) => exceptionKind === 'promised_more_than_held');
	const byPosition = Map.groupBy(debts, ({ siteId, sku }) => `${siteId} ${sku}`);
	return [...byPosition].flatMap(([position, all]): RightFault[] => {
		const first = all.reduce((a, b) => (Date.parse(b.openedAt) < Date.parse(a.openedAt) ? b : a));
		const operation = made.get(first.operationId);
		if (operation === undefined || !isCovered(operation)) return [];
		const words = `${operation.type} ${operation.seq} under rights has made a debt of ${first.quantity} × ${position}`;
		return [{ invariant: 'promise', words }];
	});
}

function isCovered({ type, payload }: OperationEnvelope): boolean {
	if (!certainTypes.has(type)) return false;
	const promise = payload as Parameters<typeof claimedUnits>[0];
	const wanted = unitsBySku(promise.capture?.lines ?? promise.lines ?? []);
	const claimed = claimedUnits(promise);
	return [...wanted].every(([sku, units]) => (claimed.get(sku) ?? 0) >= units);
}
