import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// A copied disk may carry its key along: two devices then sign with the same one.
	'ALTER TABLE device_key DROP CONSTRAINT device_key_pkey, ADD PRIMARY KEY (id, device_id)',
	// From its first signed operation on, every operation of a lane must be signed.
	'ALTER TABLE lane ADD COLUMN signs boolean NOT NULL DEFAULT false',
	'DROP INDEX lane_of_device',
	'CREATE UNIQUE INDEX lane_of_device ON lane (device_id)',
	// The device that a code's user named, when it was given another identity: its repeated question gets the same answer.
	'ALTER TABLE enrollment_code ADD COLUMN asked_device_id text',
	// Under which identities this device was known before: what it carries over was granted to those.
	`ALTER TABLE device ADD COLUMN formerly text[] NOT NULL DEFAULT '{}'`,
	// Whether the answer with the newest credential has arrived.
	'ALTER TABLE device ADD COLUMN credential_used boolean NOT NULL DEFAULT true',
];

export const keysAndRepeatedEnrollments: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
