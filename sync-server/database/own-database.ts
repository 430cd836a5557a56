import pg from 'pg';

/** PostgreSQL's version that the schema and its queries need at least, as `server_version_num` counts. */
const oldestVersion = 150_000;

/**
 * Looks whether a PostgreSQL of the operator's own can be used, before anything else starts.
 * @throws an error in words that never contains the password
 */
export async function checkOwnDatabase(databaseUrl: string): Promise<void> {
	let place: string;
	try {
		const { protocol, host, pathname } = new URL(databaseUrl);
		if (protocol !== 'postgres:' && protocol !== 'postgresql:') throw new Error(protocol);
		place = `${host}${pathname}`;
	} catch {
		throw new Error('DATABASE_URL is not an address like postgres://user:password@host:5432/database.');
	}
	const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
	client.on('error', () => undefined);
	try {
		await client.connect();
		const answer = await client.query<{ server_version_num: string }>('SHOW server_version_num');
		const version = Number(answer.rows[0]?.server_version_num ?? 0);
		if (version < oldestVersion) {
			throw new Error(`it is version ${Math.floor(version / 10_000)}; Backstock needs version 15 or newer`);
		}
	} catch (error) {
		throw new Error(`The PostgreSQL of DATABASE_URL (${place}) can't be used: ${reasonInWords(error)}.`);
	} finally {
		await client.end().catch(() => undefined);
	}
}

function reasonInWords(error: unknown): string {
	const { code, message } = error as { code?: string; message: string };
	switch (code) {
		case 'ECONNREFUSED':
			return 'nothing answers there, so it may not be running';
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return 'its host name is unknown';
		case '28P01':
		case '28000':
			return 'it refuses this user or password';
		case '3D000':
			return 'that database does not exist; create it first';
		default:
			return message || String(code);
	}
}
