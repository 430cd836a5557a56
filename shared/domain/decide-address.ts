import type { FulfillmentOrder, Package } from '../schema/fulfillment-order.ts';
import type { Address, Order } from '../schema/order.ts';
import { applied, type Decision, refused, type Statement } from './decision.ts';

export type LabelState = 'none' | 'printed' | 'void';

/**
 * Whether a package's label may go out. It follows from the address on the label and the order's: so a label printed by a device
 * that had not heard of an edit is void as soon as both are known, whichever comes first.
 */
export function labelOf({ label }: Pick<Package, 'label'>, shipTo: Address): LabelState {
	if (label === undefined) return 'none';
	return isSameAddress(label.shipTo, shipTo) ? 'printed' : 'void';
}

/** The packages whose label must be printed anew before they leave. */
export function voidLabels({ packages }: Pick<FulfillmentOrder, 'packages'>, shipTo: Address): readonly Package[] {
	return packages.filter((each) => each.shippedAt === null && labelOf(each, shipTo) === 'void');
}

/** An address in one line, for instance `12 Mill Lane, LS1 Leeds, GB`. */
export function addressText({ line1, postalCode, town, country }: Address): string {
	return `${line1}, ${postalCode} ${town}, ${country}`;
}

function isSameAddress(one: Address, other: Address): boolean {
	return (['line1', 'town', 'postalCode', 'country'] as const).every((name) => one[name] === other[name]);
}

/** An address can be edited as long as something of the order has not left. */
export function decideEditAddress(order: Order | undefined, { payload }: Statement<'edit_address'>): Decision {
	if (!order) return refused('not_found');
	const { lines, method, shipTo } = order;
	if (lines.every(({ open }) => open === 0)) {
		const hasLeft = lines.some(({ withCustomer, returned }) => withCustomer + returned > 0);
		if (!hasLeft) return refused('already_cancelled');
		return refused(method === 'ship' ? 'already_shipped' : 'already_handed_over');
	}
	if (isSameAddress(shipTo, payload.shipTo)) return applied([]);
	return applied([{ kind: 'address_edited', steps: [], shipTo: payload.shipTo }]);
}

export function decidePrintLabel({ packages }: FulfillmentOrder, { payload }: Statement<'print_label'>): Decision {
	const { packageId, shipTo } = payload;
	const isWaiting = packages.some(({ id, shippedAt }) => id === packageId && shippedAt === null);
	return applied(isWaiting ? [{ kind: 'label_printed', steps: [], packageId, shipTo }] : []);
}
