import { type Fields, isCost, isFields, readOrders, readSites, readStock } from './instance-entries.ts';
import { type InstanceFault, shown } from './instance-fault.ts';
import { parseInstanceText } from './parse-instance-text.ts';
import type { ParcelRates, RoutingProblem } from './routing-problem.ts';

/** A problem out of a file. What can't be used is left out of it and named in `faults`. */
export interface ReadInstance {
	readonly problem: RoutingProblem;
	readonly faults: readonly InstanceFault[];
	/** Lines of SKUs that no site stocks: no fault, but something to know. */
	readonly unstocked: readonly InstanceFault[];
	/** Ordered units that are left out of the problem; a solution names them as unfilled. */
	readonly leftOut: readonly { readonly order: string; readonly sku: string; readonly units: number }[];
	readonly currency: string | undefined;
}

/** The file as a whole can't be used: nothing can be routed. */
export interface UnusableInstance {
	readonly fault: InstanceFault;
}

/**
 * Reads an instance, plain JSON or gzip. Never throws.
 * @param mostUnpackedBytes what a packed file may unpack to
 */
export function readInstance(bytes: Uint8Array, mostUnpackedBytes?: number): ReadInstance | UnusableInstance {
	const parsed = parseInstanceText(bytes, mostUnpackedBytes);
	if ('fault' in parsed) return parsed;
	const instance = parsed.value;
	if (!isFields(instance)) {
		return unusable('', `An instance is an object with params, sites, stock and orders; this is ${shown(instance)}.`);
	}
	const rates = readRates(instance.params);
	if ('fault' in rates) return rates;
	for (const list of ['sites', 'stock', 'orders']) {
		if (!Array.isArray(instance[list])) return unusable(list, `A list is wanted, not ${shown(instance[list])}.`);
	}
	const faults: InstanceFault[] = [];
	const sites = readSites(instance.sites as unknown[], faults);
	const skus = new Map<string, number>();
	const stock = readStock(instance.stock as unknown[], sites, skus, faults);
	const read = readOrders(instance.orders as unknown[], skus, faults);
	const { currency } = instance.params as Fields;
	return {
		problem: {
			rates,
			sites: [...sites.values()].map(({ site }) => site),
			skus: [...skus.keys()],
			stock,
			orders: read.orders,
		},
		faults,
		unstocked: read.unstocked,
		leftOut: read.leftOut,
		currency: typeof currency === 'string' && currency.length <= 10 ? currency : undefined,
	};
}

function readRates(params: unknown): ParcelRates | UnusableInstance {
	if (!isFields(params)) return unusable('params', `An object with the parcel rates is wanted, not ${shown(params)}.`);
	const { zoneUpperKm, zoneFixed, zonePerUnit, splitPenalty, unfilledPenalty } = params;
	for (const [name, list] of Object.entries({ zoneUpperKm, zoneFixed, zonePerUnit })) {
		if (!Array.isArray(list)) return unusable(`params.${name}`, `A list is wanted, not ${shown(list)}.`);
		const at = list.findIndex((value) => !isCost(value));
		if (at !== -1) return unusable(`params.${name}[${at}]`, `A number of 0 or more is wanted, not ${shown(list[at])}.`);
	}
	const zones = zoneUpperKm as number[];
	const unsorted = zones.findIndex((upper, at) => at > 0 && upper <= (zones[at - 1] as number));
	if (unsorted !== -1) return unusable(`params.zoneUpperKm[${unsorted}]`, 'The zones must reach farther, one by one.');
	for (const [name, list] of Object.entries({ zoneFixed, zonePerUnit }) as [string, number[]][]) {
		if (list.length === zones.length + 1) continue;
		return unusable(
			`params.${name}`,
			`${zones.length + 1} costs are wanted, one more than zone ends; ${list.length} are there.`,
		);
	}
	for (const [name, value] of Object.entries({ splitPenalty, unfilledPenalty })) {
		if (!isCost(value)) return unusable(`params.${name}`, `A number of 0 or more is wanted, not ${shown(value)}.`);
	}
	return {
		zoneUpperKm: zones,
		fixedCost: zoneFixed as number[],
		costPerUnit: zonePerUnit as number[],
		splitPenalty: splitPenalty as number,
		unfilledPenalty: unfilledPenalty as number,
	};
}

function unusable(place: string, what: string): UnusableInstance {
	return { fault: { place, what } };
}
