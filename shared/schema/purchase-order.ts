import { type Static, Type } from 'typebox';
import { Count, Gtin14, Id, Instant, OneOf, PlainDate, Quantity, ShortText, Sscc } from './field.ts';
import { NamedUnits } from './stock-position.ts';

export const purchaseOrderStates = ['open', 'received', 'discrepancy', 'cancelled'] as const;

export const PurchaseOrderLine = Type.Object({
	sku: Id,
	name: ShortText,
	gtins: Type.Array(Gtin14),
	/** None of a product that came unasked. */
	ordered: Count,
	/** What has come so far in good condition, and damaged. */
	received: Count,
	damaged: Count,
});
export type PurchaseOrderLine = Readonly<Static<typeof PurchaseOrderLine>>;

/** What a supplier announced inside one logistic unit: one scan of its SSCC receives all of it. */
export const AnnouncedUnit = Type.Object({
	sscc: Sscc,
	lines: Type.Array(NamedUnits, { minItems: 1, maxItems: 200 }),
	/** The receipt by which it came, if it has come. */
	receiptId: Type.Optional(Id),
});
export type AnnouncedUnit = Readonly<Static<typeof AnnouncedUnit>>;

/** Goods that a supplier was asked for (PO): supply of one site, with the day on which it is expected. */
export const PurchaseOrder = Type.Object({
	id: Id,
	kind: Type.Literal('purchase_order'),
	number: Id,
	siteId: Id,
	supplierId: Id,
	supplierName: ShortText,
	state: OneOf(purchaseOrderStates),
	orderedAt: Instant,
	expectedOn: PlainDate,
	lines: Type.Array(PurchaseOrderLine),
	announced: Type.Array(AnnouncedUnit),
});
export type PurchaseOrder = Readonly<Static<typeof PurchaseOrder>>;

/** What is announced before anything of it has come. */
const Announcement = Type.Array(Type.Omit(AnnouncedUnit, ['receiptId']), { maxItems: 500 });

/** A purchase order as the purchasing system tells of it; known by its supplier and number. */
export const PurchaseOrderCapture = Type.Object(
	{
		supplierId: Id,
		number: Id,
		/** Where the goods are to come. */
		siteId: Id,
		expectedOn: PlainDate,
		orderedAt: Type.Optional(Instant),
		lines: Type.Array(Type.Object({ sku: Id, quantity: Quantity }, { additionalProperties: false }), {
			minItems: 1,
			maxItems: 500,
		}),
		announced: Type.Optional(Announcement),
	},
	{ additionalProperties: false },
);
export type PurchaseOrderCapture = Readonly<Static<typeof PurchaseOrderCapture>>;

/** A later word about a purchase order that is open. What is announced replaces what was, except the units that have come. */
export const PurchaseOrderChange = Type.Object(
	{ expectedOn: Type.Optional(PlainDate), announced: Type.Optional(Announcement) },
	{ additionalProperties: false, minProperties: 1 },
);
export type PurchaseOrderChange = Readonly<Static<typeof PurchaseOrderChange>>;
