import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';

/** Says whether a text is the key of the public API. */
export type ApiKeyCheck = (key: string) => boolean;

const fileName = 'api-key';
const settingKey = 'api_key_hash';

/**
 * Opens the public API's key: made at the first start, kept hashed in the database and readable by its owner in the data
 * folder. To change it, delete the setting `api_key_hash` and the file, and start again.
 */
export async function openApiKey(
	db: Kysely<Tables>,
	dataFolder: string,
	log: (line: string) => void,
): Promise<ApiKeyCheck> {
	const file = join(dataFolder, fileName);
	const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
	const hash = (await readHash(db)) ?? (await makeKey(db, dataFolder, file, known, log));
	const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
	if (hashOf(kept) !== hash) {
		log(`${file} is not this database's API key: it stands in the data folder of the server that made it.`);
	}
	const expected = Buffer.from(hash, 'hex');
	return (key) => timingSafeEqual(Buffer.from(hashOf(key), 'hex'), expected);
}

async function readHash(db: Kysely<Tables>): Promise<string | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', settingKey).executeTakeFirst();
	return typeof row?.value === 'string' ? row.value : undefined;
}

/** The file is written first: a crash in between leaves a key that the next start makes valid. */
async function makeKey(
	db: Kysely<Tables>,
	dataFolder: string,
	file: string,
	known: string,
	log: (line: string) => void,
): Promise<string> {
	const key = known || `bsk_${randomBytes(24).toString('base64url')}`;
	if (known === '') keep(dataFolder, file, key);
	await db
		.insertInto('setting')
		.values({ key: settingKey, value: JSON.stringify(hashOf(key)) })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const hash = await readHash(db);
	if (hash === hashOf(key)) log(`The key of the HTTP API is in ${file}.`);
	return hash ?? '';
}

function keep(dataFolder: string, file: string, key: string): void {
	mkdirSync(dataFolder, { recursive: true });
	writeFileSync(`${file}.new`, `${key}\n`, { mode: 0o600, flush: true });
	renameSync(`${file}.new`, file);
}

/** The key has 192 random bits: a plain hash can't be searched. */
function hashOf(key: string): string {
	return createHash('sha256').update(key).digest('hex');
}
