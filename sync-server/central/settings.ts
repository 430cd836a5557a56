import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** What the database keeps about itself. */
export interface Settings {
	/** Changes when a backup is restored: every device then starts its streams anew. */
	readonly epoch: string;
	/** Signs grants; made with the database. */
	readonly grantSecret: string;
	/** The day around which the demo data was laid, or null without demo data. */
	readonly demoDay: Temporal.PlainDate | null;
}

export async function readSettings(db: Kysely<Tables>): Promise<Settings> {
	const rows = await db.selectFrom('setting').selectAll().execute();
	const values = new Map(rows.map(({ key, value }) => [key, value]));
	const text = (key: string): string => {
		const value = values.get(key);
		if (typeof value !== 'string') throw new Error(`The database has no setting "${key}".`);
		return value;
	};
	return {
		epoch: text('epoch'),
		grantSecret: text('grant_secret'),
		demoDay: values.has('demo_day') ? Temporal.PlainDate.from(text('demo_day')) : null,
	};
}
