import { randomBytes, randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = `
CREATE TABLE site (id text PRIMARY KEY, body jsonb NOT NULL);
CREATE TABLE product (sku text PRIMARY KEY, gtin text NOT NULL UNIQUE, body jsonb NOT NULL);
CREATE TABLE gtin_alias (gtin text PRIMARY KEY, sku text NOT NULL REFERENCES product (sku));
CREATE TABLE associate (
	id text PRIMARY KEY, site_id text NOT NULL, body jsonb NOT NULL, pin_hash text NOT NULL,
	failures int NOT NULL DEFAULT 0, locked_until timestamptz
);
CREATE INDEX associate_of_site ON associate (site_id);

CREATE TABLE customer_order (
	id text PRIMARY KEY, number text NOT NULL UNIQUE, channel text NOT NULL, external_id text NOT NULL,
	placed_at timestamptz NOT NULL, body jsonb NOT NULL, UNIQUE (channel, external_id)
);
CREATE INDEX customer_order_of_customer ON customer_order (lower(body -> 'customer' ->> 'name') text_pattern_ops);
CREATE INDEX customer_order_by_time ON customer_order (placed_at);
CREATE TABLE fulfillment_order (
	id text PRIMARY KEY, order_id text NOT NULL, site_id text NOT NULL, state text NOT NULL,
	promised_at timestamptz NOT NULL, body jsonb NOT NULL
);
CREATE INDEX fulfillment_order_of_order ON fulfillment_order (order_id);
CREATE INDEX fulfillment_order_of_site ON fulfillment_order (site_id, promised_at);
CREATE TABLE return_case (id text PRIMARY KEY, order_id text NOT NULL, site_id text NOT NULL, body jsonb NOT NULL);
CREATE INDEX return_case_of_order ON return_case (order_id);
CREATE TABLE exception_case (
	id text PRIMARY KEY, site_id text NOT NULL, state text NOT NULL, opened_at timestamptz NOT NULL, body jsonb NOT NULL
);
CREATE INDEX exception_case_of_site ON exception_case (site_id, opened_at);

CREATE TABLE stock_position (
	site_id text NOT NULL, sku text NOT NULL, bin text NOT NULL DEFAULT '',
	available bigint NOT NULL DEFAULT 0, allocated bigint NOT NULL DEFAULT 0, picked bigint NOT NULL DEFAULT 0,
	staged bigint NOT NULL DEFAULT 0, in_transit bigint NOT NULL DEFAULT 0, quarantine bigint NOT NULL DEFAULT 0,
	damaged bigint NOT NULL DEFAULT 0, PRIMARY KEY (site_id, sku)
) WITH (fillfactor = 80);
CREATE INDEX stock_position_of_sku ON stock_position (sku);
CREATE TABLE outside_position (
	site_id text NOT NULL, sku text NOT NULL, customer bigint NOT NULL DEFAULT 0, supplier bigint NOT NULL DEFAULT 0,
	lost bigint NOT NULL DEFAULT 0, PRIMARY KEY (site_id, sku)
) WITH (fillfactor = 80);
CREATE TABLE movement (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, site_id text NOT NULL, sku text NOT NULL,
	quantity bigint NOT NULL CHECK (quantity > 0), from_bucket text NOT NULL, to_bucket text NOT NULL,
	reason text NOT NULL, operation_id text, order_id text, actor_name text NOT NULL, recorded_at timestamptz NOT NULL,
	CHECK (from_bucket <> to_bucket)
);
CREATE INDEX movement_of_position ON movement (site_id, sku, id);

CREATE TABLE device (
	id text PRIMARY KEY, site_id text NOT NULL, name text NOT NULL, credential_hash text NOT NULL UNIQUE,
	credential_expires_at timestamptz NOT NULL, revoked_at timestamptz, created_at timestamptz NOT NULL,
	last_seen_at timestamptz NOT NULL
);
CREATE TABLE enrollment_code (
	code text PRIMARY KEY, site_id text NOT NULL, expires_at timestamptz NOT NULL, device_id text
);
CREATE TABLE lane (
	id text PRIMARY KEY, device_id text NOT NULL, last_seq bigint NOT NULL DEFAULT 0, last_hash text NOT NULL DEFAULT '',
	frozen_reason text
) WITH (fillfactor = 50);
CREATE INDEX lane_of_device ON lane (device_id);
CREATE TABLE operation (
	op_id uuid PRIMARY KEY, lane_id text NOT NULL, device_id text NOT NULL, seq bigint NOT NULL, type text NOT NULL,
	v int NOT NULL, body json NOT NULL, hash text NOT NULL, outcome text NOT NULL, reason text, exceptions jsonb NOT NULL,
	position bigint NOT NULL, verified boolean NOT NULL, received_at timestamptz NOT NULL, UNIQUE (lane_id, seq)
);
CREATE TABLE conflicting_operation (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lane_id text NOT NULL, hash text NOT NULL, seq bigint NOT NULL,
	body json NOT NULL, received_at timestamptz NOT NULL, UNIQUE (lane_id, hash)
);
CREATE TABLE domain_event (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, op_id uuid, order_id text, fulfillment_order_id text,
	kind text NOT NULL, body jsonb NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX domain_event_of_order ON domain_event (order_id, id);

CREATE TABLE stream (id text PRIMARY KEY, epoch text NOT NULL, head bigint NOT NULL DEFAULT 0) WITH (fillfactor = 50);
CREATE TABLE stream_document (
	stream_id text NOT NULL, collection text NOT NULL, document_id text NOT NULL, position bigint NOT NULL,
	deleted boolean NOT NULL, body jsonb, changed_at timestamptz NOT NULL,
	PRIMARY KEY (stream_id, collection, document_id)
);
CREATE UNIQUE INDEX stream_document_by_position ON stream_document (stream_id, position);
CREATE TABLE setting (key text PRIMARY KEY, value jsonb NOT NULL);
`;

export const firstTables: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements.split(';\n')) {
			if (statement.trim() !== '') await sql.raw(statement).execute(db);
		}
		const epoch = randomUUID();
		const settings = { epoch, grant_secret: randomBytes(32).toString('base64url') };
		for (const [key, value] of Object.entries(settings)) {
			await sql`INSERT INTO setting (key, value) VALUES (${key}, ${JSON.stringify(value)})`.execute(db);
		}
		await sql`INSERT INTO stream (id, epoch) VALUES ('shared', ${epoch})`.execute(db);
	},
};
