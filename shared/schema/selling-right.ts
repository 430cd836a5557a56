import { type Static, Type } from 'typebox';
import { Count, Id } from './field.ts';

/**
 * What one device may promise of a SKU without asking anybody. Its counts only grow (a bounded counter): what is left is granted − used − released.
 * Devices of one site may be cut off from each other too, so each has a share of its own.
 */
export const RightShare = Type.Object({
	deviceId: Id,
	/** Given by central, ever. */
	granted: Count,
	/** Promised or sold under it, ever. */
	used: Count,
	/** Given back by the device, ever: only its own word gives them back. */
	released: Count,
	/** Units that central would like to have back. */
	recall: Count,
});
export type RightShare = Readonly<Static<typeof RightShare>>;

/** A number of units of a SKU that one site may promise without asking anyone (escrow), from its own stock. `id` is `right:siteId:sku`. */
export const SellingRight = Type.Object({
	id: Id,
	kind: Type.Literal('selling_right'),
	siteId: Id,
	sku: Id,
	shares: Type.Array(RightShare),
});
export type SellingRight = Readonly<Static<typeof SellingRight>>;
