import pg from 'pg';

export interface NoticeOptions {
	readonly url: string;
	readonly channel: string;
	/** What the connection is for, in PostgreSQL's own lists. */
	readonly name: string;
	readonly log: (line: string) => void;
	readonly hear: (payload: string) => void;
	/** From here on everything is heard; what was said before may have been missed. */
	readonly connected: () => Promise<void>;
	readonly lost?: () => void;
}

const longestPauseMs = 5000;

/** Listens to PostgreSQL's notices of a channel on a connection of its own, which is opened again when it is lost. @returns ends it */
export async function listenToNotices(options: NoticeOptions): Promise<() => Promise<void>> {
	const { url, channel, name, log, hear, connected, lost } = options;
	let client: pg.Client | null = null;
	let retry: NodeJS.Timeout | undefined;
	let failures = 0;
	let closed = false;

	async function connect(): Promise<void> {
		const opening = new pg.Client({
			connectionString: url,
			application_name: name,
			keepAlive: true,
			connectionTimeoutMillis: 5000,
		});
		const lose = (error?: Error) => {
			if (client !== opening && client !== null) return;
			client = null;
			lost?.();
			opening.end().catch(() => undefined);
			if (closed || retry !== undefined) return;
			if (failures === 0) log(`Lost the database's notices${error ? `: ${error.message}` : ''}. Trying again.`);
			failures += 1;
			const again = () => {
				retry = undefined;
				void connect();
			};
			retry = setTimeout(again, Math.min(100 * 2 ** failures, longestPauseMs));
		};
		opening.on('error', lose);
		opening.on('end', () => lose());
		opening.on('notification', ({ payload }) => hear(payload ?? ''));
		try {
			await opening.connect();
			await opening.query(`LISTEN ${channel}`);
			client = opening;
			await connected();
			if (failures > 0) log("Hears the database's notices again.");
			failures = 0;
		} catch (error) {
			lose(error instanceof Error ? error : undefined);
		}
	}

	await connect();
	return async () => {
		closed = true;
		clearTimeout(retry);
		const open = client;
		client = null;
		await open?.end().catch(() => undefined);
	};
}
