import { type Kysely, sql, type Transaction } from 'kysely';
import { captureOrders } from '../central/orders/capture-order.ts';
import type { CaptureContext } from '../central/orders/plan-capture.ts';
import { keepPurchaseOrders } from '../central/purchasing/purchase-orders.ts';
import { placeFinder } from '../central/routing/place-of-address.ts';
import { promisingSubject } from '../central/rules/promising-subject.ts';
import { routingSubject } from '../central/rules/routing-subject.ts';
import { keepHistory, readVersions } from '../central/rules/rule-versions.ts';
import type { RulesSubject } from '../central/rules/rules-subject.ts';
import type { Clock } from '../clock.ts';
import { DocumentWriter } from '../database/documents.ts';
import type { Tables } from '../database/tables.ts';
import { inTransaction } from '../database/transaction.ts';
import {
	type DemoAssociate,
	readDemoKnownUnits,
	readDemoOutcodes,
	readDemoPeople,
	readDemoProducts,
	readDemoPurchaseOrders,
	readDemoSites,
	readDemoStock,
} from './demo-files.ts';
import { readDemoOrders } from './demo-orders.ts';
import { demoRouting, demoRules } from './demo-rules.ts';
import { keepDemoTransfers } from './demo-transfers.ts';
import {
	keepAssociates,
	keepEnrollmentCodes,
	keepOpeningStock,
	keepProducts,
	keepSites,
	type OpeningUnits,
} from './opening-data.ts';
import { hashPins } from './pin-hashes.ts';

const demoTimeZone = 'Europe/London';
const ordersAtOnce = 500;
/** Any number that nothing else locks. */
const loadingLock = 4_207_001;
/** Long enough for any demo. */
const codesLastDays = 3650;
const purchasedDaysBefore = 6;
const promisingNote = 'Too many promises of last units were broken.';
const routingNote = 'Fewer parcels for large baskets.';
const sentHoursBefore = 16;

/**
 * Loads the demo data into an empty database, laid around the clock's present day, in one transaction: a load that is broken off
 * leaves nothing, and the next start begins anew.
 * @returns whether it was loaded; a database that has anything in it is left alone
 */
export async function loadDemoData(db: Kysely<Tables>, clock: Clock, log: (line: string) => void): Promise<boolean> {
	if (!(await isEmpty(db))) return false;
	const { associates, enrollmentCodes } = readDemoPeople();
	log('Loading demo data: sites, products, people and stock.');
	const people = withPinHashes(associates);
	// Awaited inside the transaction; should that fail first, nobody else is listening.
	people.catch(() => undefined);
	return inTransaction(db, async (transaction) => {
		// Of two servers that start at once on one database, the second one waits here and then finds it loaded.
		await sql`SELECT pg_advisory_xact_lock(${loadingLock})`.execute(transaction);
		if (!(await isEmpty(transaction))) return false;
		const now = clock.now();
		const day = now.toZonedDateTimeISO(demoTimeZone).toPlainDate();
		const documents = new DocumentWriter();
		const sites = readDemoSites();
		await keepSites(transaction, sites, documents);
		await keepProducts(transaction, readDemoProducts(), documents);
		await keepEnrollmentCodes(transaction, enrollmentCodes, now.add({ hours: 24 * codesLastDays }));
		const opening = day.subtract({ days: 3 }).toZonedDateTime(demoTimeZone).toInstant().toString();
		await keepOpeningStock(transaction, readDemoStock(), opening, documents, unitsKnownOn(day));
		await transaction
			.insertInto('setting')
			.values({ key: 'demo_day', value: JSON.stringify(day.toString()) })
			.execute();
		await sql`ANALYZE stock_position, product`.execute(transaction);
		await loadOrders(transaction, day, now, documents, log);
		await keepAssociates(transaction, await people, documents);
		await loadPurchaseOrders(transaction, day, now, documents);
		const sentAt = now.subtract({ hours: sentHoursBefore });
		await keepDemoTransfers(transaction, { sites, associates, day, sentAt }, documents);
		await documents.publish(transaction);
		await publishDemoRules(transaction, promisingSubject, demoRules(day, sites), { at: opening, note: promisingNote });
		await publishDemoRules(transaction, routingSubject, demoRouting(day), { at: opening, note: routingNote });
		return true;
	});
}

/** Whether no site is known yet: nothing was ever loaded. */
async function isEmpty(db: Kysely<Tables>): Promise<boolean> {
	return (await db.selectFrom('site').select('id').limit(1).execute()).length === 0;
}

function unitsKnownOn(day: Temporal.PlainDate): readonly OpeningUnits[] {
	return readDemoKnownUnits().map(({ bin, expiresInDays, ...units }) => ({
		...units,
		...(bin === undefined ? {} : { toBin: bin }),
		...(expiresInDays === undefined ? {} : { expiresOn: day.add({ days: expiresInDays }).toString() }),
	}));
}

async function loadPurchaseOrders(
	transaction: Transaction<Tables>,
	day: Temporal.PlainDate,
	now: Temporal.Instant,
	documents: DocumentWriter,
): Promise<void> {
	const ordered = now.subtract({ hours: 24 * purchasedDaysBefore });
	const results = await keepPurchaseOrders(transaction, readDemoPurchaseOrders(day), ordered, documents);
	for (const result of results) {
		if (!result.kept) throw new Error(`A demo purchase order does not fit: ${result.fault.message}`);
	}
}

/** After the orders: they came before there were rules. */
async function publishDemoRules<Body extends object>(
	transaction: Transaction<Tables>,
	subject: RulesSubject<Body>,
	body: Body,
	{ at, note }: { readonly at: string; readonly note: string },
): Promise<void> {
	const { faults } = await subject.check(transaction, body, at.slice(0, 10));
	if (faults.length > 0)
		throw new Error(`The demo rules do not fit: ${faults.map(({ message }) => message).join(' ')}`);
	const { published } = await readVersions(subject, transaction);
	const version = published.version + 1;
	const by = 'Kwame Martin';
	await sql`UPDATE rule_set_version SET state = 'superseded' WHERE subject = ${subject.name} AND state = 'published'`.execute(
		transaction,
	);
	await sql`
		INSERT INTO rule_set_version (subject, version, state, revision, body, changed_by, changed_at, published_by, published_at, note)
		VALUES (${subject.name}, ${version}, 'published', 1, ${JSON.stringify(body)}::jsonb, ${by}, ${at}, ${by}, ${at}, ${note})`.execute(
		transaction,
	);
	const changes = subject.changes(published, body);
	await keepHistory(subject, transaction, { id: null, name: by }, { at, action: 'published', version, note, changes });
}

async function withPinHashes(associates: readonly DemoAssociate[]) {
	const hashes = await hashPins(associates.map(({ pin }) => pin));
	return associates.map(({ pin: _pin, ...associate }, index) => ({ associate, pinHash: hashes[index] ?? '' }));
}

async function loadOrders(
	transaction: Transaction<Tables>,
	day: Temporal.PlainDate,
	now: Temporal.Instant,
	documents: DocumentWriter,
	log: (line: string) => void,
): Promise<void> {
	const outcodes = readDemoOutcodes();
	const orders = readDemoOrders(day, { sites: readDemoSites(), outcodes });
	const context: CaptureContext = {
		now,
		findPlace: placeFinder(outcodes),
		// The real invoice's number, which the demo's order has as its channel's id.
		numberOf: ({ externalId }) => externalId,
		backdated: true,
	};
	for (let start = 0; start < orders.length; start += ordersAtOnce) {
		const results = await captureOrders(transaction, orders.slice(start, start + ordersAtOnce), context, documents);
		const refused = results.find((result) => !result.captured);
		if (refused && !refused.captured) throw new Error(`A demo order does not fit: ${refused.fault.message}`);
		const done = Math.min(start + ordersAtOnce, orders.length);
		log(`Loading demo orders: ${done.toLocaleString('en')} of ${orders.length.toLocaleString('en')}`);
	}
}
