import type { NamedUnits, UnitIdentity } from '../schema/stock-position.ts';
import type { UnitStep } from './decision.ts';
import { isPlainDate } from './unit-identity.ts';

export type Identified = UnitIdentity & { readonly quantity: number };

/** What a statement says of its units, as far as the ledger can keep it: a day of the calendar, and a serial number for each unit. */
export function toldIdentity({ quantity, lot, expiresOn, serials }: Identified): UnitIdentity {
	return {
		...(lot === undefined ? {} : { lot }),
		...(expiresOn === undefined || !isPlainDate(expiresOn) ? {} : { expiresOn }),
		...(serials?.length === quantity ? { serials: [...serials] } : {}),
	};
}

/** Steps of units that somebody has named: the first units told are the first to go. A step whose units differ is parted; one of none is left out. */
export function nameSteps(steps: readonly UnitStep[], told: readonly Identified[]): readonly UnitStep[] {
	const left = told.map((units) => ({ quantity: units.quantity, ...toldIdentity(units) }));
	if (left.every(({ lot, expiresOn, serials }) => (lot ?? expiresOn ?? serials) === undefined))
		return steps.filter(({ quantity }) => quantity > 0);
	return steps.flatMap((step) => {
		const named: UnitStep[] = [];
		const part = (quantity: number, identity: UnitIdentity = {}): UnitStep => ({
			...step,
			quantity,
			putBack: Math.sign(step.putBack) * quantity,
			...identity,
		});
		let missing = step.quantity;
		while (missing > 0) {
			const next = left.shift();
			if (next === undefined) {
				named.push(part(missing));
				break;
			}
			const { quantity, serials, ...rest } = next;
			const taken = Math.min(missing, quantity);
			missing -= taken;
			const own = serials === undefined ? {} : { serials: serials.slice(0, taken) };
			named.push(part(taken, { ...rest, ...own }));
			if (taken === quantity) continue;
			left.unshift({
				...rest,
				quantity: quantity - taken,
				...(serials === undefined ? {} : { serials: serials.slice(taken) }),
			});
		}
		return named;
	});
}

/** A list of named units with some more; those of which nothing is said are in no list. */
export function withNamed(
	list: readonly NamedUnits[] | undefined,
	{ sku, quantity, lot, expiresOn, serials }: NamedUnits,
): readonly NamedUnits[] {
	const told = toldIdentity({ quantity, lot, expiresOn, serials });
	if (told.lot === undefined && told.serials === undefined) return list ?? [];
	return [...(list ?? []), { sku, quantity, ...told }];
}

/** A list without units that are gone: by serial number, else by lot. */
export function withoutNamed(list: readonly NamedUnits[], gone: NamedUnits): readonly NamedUnits[] {
	const serials = new Set(gone.serials);
	let left = gone.quantity;
	return list.flatMap((units): readonly NamedUnits[] => {
		if (units.sku !== gone.sku) return [units];
		if (units.serials !== undefined) {
			const kept = units.serials.filter((serial) => !serials.has(serial));
			return kept.length === 0 ? [] : [{ ...units, quantity: kept.length, serials: kept }];
		}
		const out = units.lot === gone.lot ? Math.min(left, units.quantity) : 0;
		left -= out;
		return out === units.quantity ? [] : [{ ...units, quantity: units.quantity - out }];
	});
}

/** A list that names no more units of a SKU than there are: the newest leave it first. */
export function namedAtMost(list: readonly NamedUnits[], sku: string, most: number): readonly NamedUnits[] {
	let left = most;
	return list.flatMap((units): readonly NamedUnits[] => {
		if (units.sku !== sku) return [units];
		const quantity = Math.min(Math.max(0, left), units.quantity);
		left -= quantity;
		if (quantity === 0) return [];
		return [
			{ ...units, quantity, ...(units.serials === undefined ? {} : { serials: units.serials.slice(0, quantity) }) },
		];
	});
}
