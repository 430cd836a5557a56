import { Type } from 'typebox';
import { Bin, Id, Quantity } from './field.ts';
import { UnitIdentity } from './stock-position.ts';

/** The payloads of stock work: what is received, counted, moved or promised, rather than fulfilled for one order. */
export const MoveBetweenBins = Type.Object({
	sku: Id,
	quantity: Quantity,
	fromBin: Bin,
	toBin: Bin,
	...UnitIdentity.properties,
});
