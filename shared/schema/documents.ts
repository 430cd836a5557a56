import { type Static, Type } from 'typebox';
import { Associate } from './associate.ts';
import { BinClosure } from './bin-closure.ts';
import { CountCase } from './count.ts';
import { ExceptionCase } from './exception-case.ts';
import { FulfillmentOrder } from './fulfillment-order.ts';
import { Order } from './order.ts';
import { GtinAlias, Product } from './product.ts';
import { PublishedRules } from './promising-rules.ts';
import { PurchaseOrder } from './purchase-order.ts';
import { Receipt } from './receipt.ts';
import { Reservation } from './reservation.ts';
import { ReturnCase } from './return-case.ts';
import { SellingRight } from './selling-right.ts';
import { Site } from './site.ts';
import { StockPosition } from './stock-position.ts';
import { Transfer } from './transfer.ts';

/** The replica's collections: which documents each holds, and in which stream they come down. */
export const collections = {
	catalog: { schemas: [Product, GtinAlias], stream: 'shared', indexes: ['gtin'] },
	sites: { schemas: [Site], stream: 'shared', indexes: [] },
	stock: { schemas: [StockPosition, SellingRight], stream: 'site', indexes: [] },
	work: {
		schemas: [FulfillmentOrder, ReturnCase, PurchaseOrder, Transfer, Receipt, CountCase, Reservation, BinClosure],
		stream: 'site',
		indexes: [],
	},
	orders: { schemas: [Order], stream: 'site', indexes: [] },
	meta: { schemas: [Associate, ExceptionCase, PublishedRules], stream: 'site', indexes: [] },
} as const;

export type CollectionName = keyof typeof collections;
export const collectionNames = Object.keys(collections) as readonly CollectionName[];
export const CollectionNameSchema = Type.Unsafe<CollectionName>(
	Type.Union(collectionNames.map((name) => Type.Literal(name))),
);

type Schemas<Name extends CollectionName> = (typeof collections)[Name]['schemas'][number];
/** The documents of one collection. */
export type DocumentOf<Name extends CollectionName> = Readonly<Static<Schemas<Name>>>;
export type AnyDocument = DocumentOf<CollectionName>;

export type StreamName = 'site' | 'shared';
