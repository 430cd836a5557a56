import type { AnnouncedUnit, PurchaseOrder } from '../schema/purchase-order.ts';
import type { Transfer, TransferLine } from '../schema/transfer.ts';
import type { ExceptionDraft } from './decision.ts';

/** What goods can be received against. */
export type Supply = PurchaseOrder | Transfer;

/** Units of a product that came in. */
export interface ArrivedUnits {
	readonly sku: string;
	readonly name: string;
	readonly good: number;
	readonly damaged: number;
}

/** Nothing more was to come when it got this state. */
export function isSupplyClosed({ state }: Supply): boolean {
	return state === 'received' || state === 'discrepancy';
}

/** Somebody had stopped it. */
export function isSupplyStopped({ state }: Supply): boolean {
	return state === 'cancelled' || state === 'declined';
}

export const cameOf = ({ received, damaged }: { readonly received: number; readonly damaged: number }): number =>
	received + damaged;

export const unitsOf = (lines: readonly { readonly quantity: number }[]): number =>
	lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Supply with units that came, or that did not come after all (below zero). A product that nobody asked for gets a line of its own. */
export function withArrived<S extends Supply>(supply: S, arrived: ArrivedUnits): S {
	if (supply.kind === 'purchase_order') {
		const { lines } = supply;
		const at = lineFor(lines, arrived, ({ ordered }) => ordered);
		const none = { sku: arrived.sku, name: arrived.name, gtins: [], ordered: 0, received: 0, damaged: 0 };
		return { ...supply, lines: added(lines, at, none, arrived) };
	}
	const { lines } = supply;
	const at = lineFor(lines, arrived, ({ sent }) => sent);
	return { ...supply, lines: added(lines, at, emptyTransferLine(arrived), arrived) };
}

export function emptyTransferLine({ sku, name }: { readonly sku: string; readonly name: string }): TransferLine {
	return { sku, name, gtins: [], requested: 0, picked: 0, short: 0, sent: 0, received: 0, damaged: 0 };
}

interface Counted {
	readonly sku: string;
	readonly received: number;
	readonly damaged: number;
}

/** Of several lines of one product, the first that still expects some; with units taken back, the last that has got some. */
function lineFor<L extends Counted>(
	lines: readonly L[],
	{ sku, good, damaged }: ArrivedUnits,
	expected: (line: L) => number,
): number {
	const isOfProduct = (line: L) => line.sku === sku;
	const fits =
		good + damaged > 0
			? lines.findIndex((line) => isOfProduct(line) && cameOf(line) < expected(line))
			: lines.findLastIndex((line) => isOfProduct(line) && line.received + good >= 0 && line.damaged + damaged >= 0);
	return fits === -1 ? lines.findIndex(isOfProduct) : fits;
}

function added<L extends Counted>(lines: readonly L[], at: number, none: L, { good, damaged }: ArrivedUnits): L[] {
	const change = (line: L): L => ({
		...line,
		// What was never counted in can't be taken out.
		received: Math.max(0, line.received + good),
		damaged: Math.max(0, line.damaged + damaged),
	});
	return at === -1 ? [...lines, change(none)] : lines.map((line, index) => (index === at ? change(line) : line));
}

/** By product: what was ordered, or sent by the other site, and what came of it. */
export interface Difference {
	readonly sku: string;
	readonly name: string;
	readonly expected: number;
	readonly received: number;
	readonly damaged: number;
}

/** What of a delivery is not as it should be: too little, too much, or damaged. */
export function differencesOf(supply: Supply): readonly Difference[] {
	const lines: readonly Difference[] =
		supply.kind === 'purchase_order'
			? supply.lines.map(({ ordered, ...line }) => ({ ...line, expected: ordered }))
			: supply.lines.map(({ sent, ...line }) => ({ ...line, expected: sent }));
	const sum = (own: readonly Difference[], count: 'expected' | 'received' | 'damaged') =>
		own.reduce((total, line) => total + line[count], 0);
	return [...Map.groupBy(lines, ({ sku }) => sku).entries()].flatMap(([sku, own]) => {
		const difference: Difference = {
			sku,
			name: own[0]?.name ?? sku,
			expected: sum(own, 'expected'),
			received: sum(own, 'received'),
			damaged: sum(own, 'damaged'),
		};
		return cameOf(difference) === difference.expected && difference.damaged === 0 ? [] : [difference];
	});
}

/** Supply of which nothing more is to come. Where nothing came at all, that is a difference too. */
export function closedSupply<S extends Supply>(supply: S): S {
	const nothingCame = supply.lines.every((line) => cameOf(line) === 0);
	return { ...supply, state: nothingCame || differencesOf(supply).length > 0 ? 'discrepancy' : 'received' };
}

/** The sites whose people are told about a delivery: a transfer concerns both. */
export function sitesToTell(supply: Supply): readonly { readonly siteId: string; readonly otherSiteName: string }[] {
	if (supply.kind === 'purchase_order') return [{ siteId: supply.siteId, otherSiteName: supply.supplierName }];
	return [
		{ siteId: supply.toSiteId, otherSiteName: supply.fromSiteName },
		{ siteId: supply.fromSiteId, otherSiteName: supply.toSiteName },
	];
}

/** Tells the people of every site that a delivery is not as it should be; nothing where it is. */
export function differenceDrafts(supply: Supply): readonly ExceptionDraft[] {
	const differences = differencesOf(supply);
	if (differences.length === 0 && supply.state !== 'discrepancy') return [];
	const words = differences
		.map(({ sku, expected, received, damaged }) => `${sku}: ${received} good and ${damaged} damaged of ${expected}`)
		.join('; ');
	return sitesToTell(supply).map((site) => ({
		...site,
		exceptionKind: 'delivery_differs',
		priority: 'normal',
		supplyNumber: supply.number,
		differences: differences.slice(0, 200),
		fact: `${supply.number} was received as ${words || 'nothing'}`.slice(0, 2000),
		plan: supply.kind === 'transfer' ? 'The other site sent other units' : 'Other units were ordered',
	}));
}

/** The logistic units that were announced of it, or packed for it. */
export function announcedUnits(supply: Supply): readonly AnnouncedUnit[] {
	return supply.kind === 'purchase_order' ? supply.announced : supply.boxes;
}

export function withAnnounced<S extends Supply>(supply: S, units: readonly AnnouncedUnit[]): S {
	return supply.kind === 'purchase_order' ? { ...supply, announced: [...units] } : { ...supply, boxes: [...units] };
}
