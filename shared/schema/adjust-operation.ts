import { Type } from 'typebox';
import { Money } from '../money.ts';
import { Bin, Id, LongText, OneOf, Quantity, ShortText } from './field.ts';
import { type Bucket, UnitIdentity } from './stock-position.ts';

/** Why stock is adjusted, and from which bucket into which that takes the units. A reason that can go both ways is two. */
export const adjustReasons = {
	damaged: { from: 'available', to: 'damaged' },
	expired: { from: 'available', to: 'damaged' },
	lost: { from: 'available', to: 'lost' },
	theft: { from: 'available', to: 'lost' },
	found: { from: 'lost', to: 'available' },
	sample: { from: 'available', to: 'lost' },
	internal_use: { from: 'available', to: 'lost' },
	supplier_sent_fewer: { from: 'available', to: 'supplier' },
	supplier_sent_more: { from: 'supplier', to: 'available' },
	booked_too_many: { from: 'available', to: 'lost' },
	booked_too_few: { from: 'lost', to: 'available' },
	released: { from: 'quarantine', to: 'available' },
	thrown_away: { from: 'damaged', to: 'lost' },
} as const satisfies Readonly<Record<string, { readonly from: Bucket; readonly to: Bucket }>>;
export type AdjustReason = keyof typeof adjustReasons;
export const adjustReasonNames = Object.keys(adjustReasons) as readonly AdjustReason[];

/** Units that somebody writes off, or found, with the reason. */
export const Adjust = Type.Object({
	adjustmentId: Id,
	sku: Id,
	name: ShortText,
	quantity: Quantity,
	reason: Type.Unsafe<AdjustReason>(OneOf(adjustReasonNames)),
	bin: Type.Optional(Bin),
	...UnitIdentity.properties,
	/** As the catalog of the device had it. */
	unitPrice: Type.Optional(Money),
	note: Type.Optional(LongText),
});
