import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { keyIdOf, signedBytes } from '../shared/domain/device-key.ts';
import { sealOperation } from '../shared/domain/operation-hash.ts';
import { hashPin } from '../shared/pin.ts';
import type { EnrollAnswer } from '../shared/protocol/messages.ts';
import type { Associate, Role } from '../shared/schema/associate.ts';
import type { FulfillmentOrder } from '../shared/schema/fulfillment-order.ts';
import type { OperationEnvelope } from '../shared/schema/operation.ts';
import type { Order } from '../shared/schema/order.ts';
import type { Site } from '../shared/schema/site.ts';
import { signGrant } from '../sync-server/central/associates/grant.ts';
import { enrollDevice } from '../sync-server/central/devices/enroll-device.ts';
import { postMovements } from '../sync-server/central/inventory/stock-ledger.ts';
import { readSettings } from '../sync-server/central/settings.ts';
import { type Clock, realClock } from '../sync-server/clock.ts';
import { DocumentWriter, sharedStream, siteStream, streamsOfOrder } from '../sync-server/database/documents.ts';
import { migrate } from '../sync-server/database/migrate.ts';
import { type Database, openDatabase } from '../sync-server/database/open-database.ts';
import { inTransaction } from '../sync-server/database/transaction.ts';
import type { Ingest } from '../sync-server/ingest/take-in-operation.ts';
import { createTestDatabase } from './postgres-for-tests.ts';

export interface TestCentral {
	readonly database: Database;
	readonly ingest: Ingest;
	readonly url: string;
	close(): Promise<void>;
}

/** Central on a fresh database, without its HTTP side. */
export async function openTestCentral(clock: Clock = realClock): Promise<TestCentral> {
	const place = await createTestDatabase();
	const central = await testCentralOn(place.url, clock);
	return {
		...central,
		async close() {
			await central.close();
			await place.drop();
		},
	};
}

/** Central on a database that is there; its tables are made if they are missing. */
export async function testCentralOn(url: string, clock: Clock = realClock): Promise<TestCentral> {
	const database = openDatabase(url, { connections: 8 });
	await migrate(database.db);
	const { grantSecret } = await readSettings(database.db);
	return { database, ingest: { db: database.db, clock, grantSecret }, url, close: () => database.close() };
}

export function sampleSite(id: string): Site {
	return {
		id,
		name: `Store ${id}`,
		kind: 'store',
		retailer: 'Sample',
		town: 'Leeds',
		postalCode: 'LS1',
		country: 'GB',
		lat: 53.8,
		lon: -1.55,
		timeZone: 'Europe/London',
		openingHours: [{ day: 1, opens: '09:00', closes: '18:00' }],
		capabilities: ['ship', 'pickup', 'return'],
		dailyCapacityUnits: 100,
		stagingLocations: ['PU-01'],
	};
}

/** A site with one manager and one associate (PINs 3333 and 1111), each seen in its streams. */
export async function addSite({ database: { db } }: TestCentral, siteId: string): Promise<void> {
	const site = sampleSite(siteId);
	const people: readonly (readonly [Role, string])[] = [
		['associate', '1111'],
		['manager', '3333'],
	];
	await inTransaction(db, async (transaction) => {
		const documents = new DocumentWriter();
		await transaction
			.insertInto('site')
			.values({ id: siteId, body: JSON.stringify(site) })
			.execute();
		documents.put(sharedStream, 'sites', siteId, site);
		for (const [role, pin] of people) {
			const person: Associate = {
				id: `${role}-${siteId}`,
				kind: 'associate',
				siteId,
				name: `Ada ${role}`,
				roles: [role],
			};
			await transaction
				.insertInto('associate')
				.values({
					id: person.id,
					site_id: siteId,
					body: JSON.stringify(person),
					pin_hash: await hashPin(pin, randomBytes(16)),
				})
				.execute();
			documents.put(siteStream(siteId), 'meta', person.id, person);
		}
		await documents.publish(transaction);
	});
}

/** Stores an order with its FO and puts its units on the shelf, allocated. */
export async function addOrder(
	{ database: { db } }: TestCentral,
	{ order, fulfillmentOrder }: { readonly order: Order; readonly fulfillmentOrder: FulfillmentOrder },
): Promise<void> {
	const { siteId } = fulfillmentOrder;
	await inTransaction(db, async (transaction) => {
		await transaction
			.insertInto('customer_order')
			.values({
				id: order.id,
				number: order.number,
				channel: order.channel,
				external_id: order.externalId,
				placed_at: order.placedAt,
				body: JSON.stringify(order),
			})
			.execute();
		await transaction
			.insertInto('fulfillment_order')
			.values({
				id: fulfillmentOrder.id,
				order_id: order.id,
				site_id: siteId,
				state: fulfillmentOrder.state,
				promised_at: fulfillmentOrder.promisedAt,
				body: JSON.stringify(fulfillmentOrder),
			})
			.execute();
		const arrived = fulfillmentOrder.lines.map(({ sku, ordered }) => ({ siteId, sku, quantity: ordered }));
		const { positions } = await postMovements(
			transaction,
			[
				...arrived.map((units) => ({ ...units, from: 'supplier', to: 'available', reason: 'opening' }) as const),
				...arrived.map((units) => ({ ...units, from: 'available', to: 'allocated', reason: 'allocated' }) as const),
			],
			{ operationId: null, orderId: order.id, actorName: 'central', recordedAt: order.placedAt },
		);
		const documents = new DocumentWriter();
		for (const position of positions) documents.put(siteStream(siteId), 'stock', position.id, position);
		documents.put(siteStream(siteId), 'work', fulfillmentOrder.id, fulfillmentOrder);
		for (const stream of streamsOfOrder(order)) documents.put(stream, 'orders', order.id, order);
		await documents.publish(transaction);
	});
}

export type Content = { readonly type: string; readonly payload: unknown };

/** A signing key as a device has one. */
export interface TestKey {
	readonly publicKey: string;
	readonly keyId: string;
	sign(hash: string): string;
}

export function newTestKey(): TestKey {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	const { x } = publicKey.export({ format: 'jwk' });
	if (x === undefined) throw new Error('An Ed25519 key has an x');
	return {
		publicKey: x,
		keyId: keyIdOf(x),
		sign: (hash) => sign(null, signedBytes(hash), privateKey).toString('base64url'),
	};
}

/** An enrolled device that writes its operations as a real one does. Sending is the test's business. */
export interface TestDevice extends EnrollAnswer {
	/** The next operation of its lane; `change` alters it before it is sealed. */
	write(content: Content, change?: Partial<OperationEnvelope>): OperationEnvelope;
	/** An operation of an earlier lane of this device, appended to its lane of today. */
	carryOver(operation: OperationEnvelope): OperationEnvelope;
	/** A device with the same memory, as a copied disk makes one. */
	copy(): TestDevice;
}

export interface TestEnrollment {
	/** With it the device signs all that it writes. */
	readonly key?: TestKey;
	/** A device that was enrolled before names itself, and may show its credential. */
	readonly before?: { readonly deviceId: string; readonly credential?: string };
}

export async function addDevice(
	central: TestCentral,
	siteId: string,
	role: Role = 'associate',
	{ key, before }: TestEnrollment = {},
): Promise<TestDevice> {
	const { db, clock, grantSecret } = central.ingest;
	const code = await addEnrollmentCode(central, siteId);
	const enrolled = await enrollDevice(
		{ db, clock },
		{
			code,
			deviceName: 'Counter',
			...(key === undefined ? {} : { publicKey: key.publicKey }),
			...(before === undefined ? {} : { deviceId: before.deviceId }),
		},
		before?.credential === undefined ? undefined : `Bearer ${before.credential}`,
	);
	if (!enrolled.ok) throw new Error(enrolled.reason);
	const { deviceId, lastSeq, lastHash } = enrolled.answer;
	const actor = { associateId: `${role}-${siteId}`, name: `Ada ${role}` };
	const expiresAt = clock.now().add({ hours: 24 }).toString();
	const grant = signGrant({ ...actor, roles: [role], siteId, deviceId, expiresAt }, grantSecret);
	return testDevice(enrolled.answer, { actor, grant, clock, key }, lastSeq, lastHash);
}

/** A code for one enrollment at this site, good for a day. */
export async function addEnrollmentCode({ ingest: { db, clock } }: TestCentral, siteId: string): Promise<string> {
	const code = randomUUID().slice(0, 18).toUpperCase();
	const expiresAt = clock.now().add({ hours: 24 }).toString();
	await db.insertInto('enrollment_code').values({ code, site_id: siteId, expires_at: expiresAt }).execute();
	return code;
}

interface Author {
	readonly actor: OperationEnvelope['actor'];
	readonly grant: string;
	readonly clock: Clock;
	readonly key: TestKey | undefined;
}

function testDevice(enrolled: EnrollAnswer, author: Author, startSeq: number, startHash: string): TestDevice {
	let seq = startSeq;
	let previousHash = startHash;
	const { deviceId, laneId } = enrolled;
	function append(content: Omit<OperationEnvelope, 'hash' | 'signature'>): OperationEnvelope {
		const { key } = author;
		const sealed = sealOperation({ ...content, ...(key === undefined ? {} : { keyId: key.keyId }) });
		seq = sealed.seq;
		previousHash = sealed.hash;
		return key === undefined ? sealed : { ...sealed, signature: key.sign(sealed.hash) };
	}
	return {
		...enrolled,
		write: (content, change = {}) =>
			append({
				opId: randomUUID(),
				deviceId,
				laneId,
				seq: seq + 1,
				v: 1,
				...content,
				basis: { epoch: '', position: 0 },
				actor: author.actor,
				grant: author.grant,
				occurredAt: { wall: author.clock.now().toString(), monotonicMs: seq, bootId: 'boot', serverOffsetMs: 0 },
				previousHash,
				...change,
			}),
		carryOver({ hash: _hash, signature: _signature, keyId: _keyId, ...operation }) {
			return append({ ...operation, deviceId, laneId, seq: seq + 1, previousHash });
		},
		copy: () => testDevice(enrolled, author, seq, previousHash),
	};
}
