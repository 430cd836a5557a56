import { type Kysely, sql } from 'kysely';
import { makeSscc } from '../../shared/codes/index.ts';
import { applyStatement } from '../../shared/domain/apply-statement.ts';
import type { AnyStatement, Subject } from '../../shared/domain/decision.ts';
import type { Associate } from '../../shared/schema/associate.ts';
import type { Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';
import type { StockDocument } from '../../shared/schema/stock-document.ts';
import type { Movement } from '../../shared/schema/stock-position.ts';
import { keepStockDocuments } from '../central/inventory/stock-documents.ts';
import { postMovements } from '../central/inventory/stock-ledger.ts';
import { kilometersBetween } from '../central/routing/nearest-site.ts';
import { type DocumentWriter, siteStream } from '../database/documents.ts';
import type { Tables } from '../database/tables.ts';

/** Every so many stores one has goods on their way, and on which day from the demo day they are expected, in turn. */
const everyStores = 3;
const expectedInDays = [0, 1, 2];
const mostLines = 4;
const unitsInCase = 6;
/** What a warehouse keeps at least when it gives some away. */
const warehouseKeeps = 18;

interface DemoPlaces {
	readonly sites: readonly Site[];
	readonly associates: readonly Associate[];
	readonly day: Temporal.PlainDate;
	/** When the goods left. */
	readonly sentAt: Temporal.Instant;
}

/** Some stores have asked the nearest warehouse for what they are short of: it is boxed and on its way. Invented, of the stock that the orders left. */
export async function keepDemoTransfers(
	db: Kysely<Tables>,
	places: DemoPlaces,
	documents: DocumentWriter,
): Promise<number> {
	const warehouses = places.sites.filter(({ kind }) => kind === 'warehouse');
	const stores = places.sites.filter(({ kind }) => kind === 'store').filter((_, index) => index % everyStores === 0);
	let kept = 0;
	for (const store of stores) {
		const [from] = warehouses.toSorted((a, b) => kilometersBetween(a, store) - kilometersBetween(b, store));
		const wanted = from === undefined ? [] : await scarceProducts(db, from.id, store.id);
		if (from === undefined || wanted.length === 0) continue;
		const { transfer, movements } = sentTransfer(places, { from, store, wanted, number: kept });
		const posting = {
			operationId: null,
			orderId: null,
			actorName: personOf(places, from.id),
			recordedAt: places.sentAt.toString(),
		};
		const { positions } = await postMovements(db, movements, posting);
		for (const position of positions) documents.put(siteStream(position.siteId), 'stock', position.id, position);
		await keepStockDocuments(db, [transfer], documents);
		kept += 1;
	}
	return kept;
}

/** What the store has next to none of, and the warehouse plenty, with whole cases to send. */
async function scarceProducts(
	db: Kysely<Tables>,
	fromSiteId: string,
	toSiteId: string,
): Promise<readonly { readonly product: Product; readonly quantity: number }[]> {
	const { rows } = await sql<{ body: Product; free: number }>`
		SELECT product.body, there.available AS free FROM stock_position AS here
		JOIN stock_position AS there ON there.sku = here.sku AND there.site_id = ${fromSiteId}
		JOIN product ON product.sku = here.sku AND product.body ->> 'tracking' = 'none'
		WHERE here.site_id = ${toSiteId} AND here.available < ${unitsInCase} AND there.available >= ${warehouseKeeps + unitsInCase}
		ORDER BY here.available, here.sku LIMIT ${mostLines}`.execute(db);
	return rows.map(({ body: product, free }, index) => {
		const cases = Math.min(1 + (index % 2), Math.floor((free - warehouseKeeps) / unitsInCase));
		return { product, quantity: cases * unitsInCase };
	});
}

interface Sending {
	readonly from: Site;
	readonly store: Site;
	readonly wanted: readonly { readonly product: Product; readonly quantity: number }[];
	/** How many were sent before it. */
	readonly number: number;
}

/** What becomes of a request that is picked, boxed and sent: by the rules that hold for everybody. */
function sentTransfer(
	places: DemoPlaces,
	{ from, store, wanted, number }: Sending,
): { readonly transfer: StockDocument; readonly movements: readonly Movement[] } {
	const transferId = `demo-transfer-${number + 1}`;
	const lines = wanted.map(({ product, quantity }) => ({ sku: product.id, quantity }));
	const expectedOn = places.day.add({ days: expectedInDays[number % expectedInDays.length] ?? 0 }).toString();
	const request = {
		transferId,
		number: `T${7001 + number}`,
		fromSiteId: from.id,
		fromSiteName: from.name,
		toSiteName: store.name,
		expectedOn,
		lines: wanted.map(({ product, quantity }) => ({
			sku: product.id,
			name: product.name,
			gtins: [product.gtin, ...product.otherGtins],
			quantity,
		})),
	};
	const prefix = from.gs1CompanyPrefix;
	const box =
		prefix === undefined
			? []
			: [['pack_transfer', { transferId, sscc: makeSscc(prefix, 1, 7001 + number), lines }] as const];
	const work = [
		...lines.map((line) => ['pick_transfer', { transferId, ...line }] as const),
		...box,
		['send_transfer', { transferId, lines }] as const,
	];
	const asked = applied(places, store.id, { siteId: store.id }, 'request_transfer', request);
	let subject: Subject = { ...asked.subject, siteId: from.id };
	const movements = [...asked.movements];
	for (const [type, payload] of work) {
		const done = applied(places, from.id, subject, type, payload);
		subject = done.subject;
		movements.push(...done.movements);
	}
	const transfer = subject.stockDocuments?.get(transferId);
	if (transfer === undefined) throw new Error(`The demo's transfer ${transferId} was not made.`);
	return { transfer, movements };
}

function applied(places: DemoPlaces, siteId: string, subject: Subject, type: AnyStatement['type'], payload: object) {
	const statement = { opId: '', type, payload, actorName: personOf(places, siteId), at: places.sentAt.toString() };
	const result = applyStatement(subject, statement as AnyStatement);
	if (result.outcome === 'refused') throw new Error(`The demo's ${type} was refused: ${result.reason}.`);
	return result;
}

const personOf = ({ associates }: DemoPlaces, siteId: string): string =>
	associates.find((person) => person.siteId === siteId && person.roles.includes('manager'))?.name ?? 'central';
