import { type PGlite, parse, protocol } from '@electric-sql/pglite';

const { serialize } = protocol;

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

/** A statement that PostgreSQL has read. */
interface Prepared {
	readonly name: string;
	readonly parameterTypes: readonly number[];
	/** Of its rows; nothing when it gives none. */
	readonly description: readonly Message[];
}

interface StatementResult {
	readonly rows: readonly unknown[];
	readonly affectedRows?: number;
}

export interface PreparedStatements {
	/** Throws PostgreSQL's error. */
	run(text: string, parameters?: readonly unknown[]): Promise<StatementResult>;
	/** Plans follow from how large tables are: those of the story before would let another story depend on it. */
	forgetPlans(): Promise<void>;
}

/**
 * Each text is read once, and planned once until its tables are emptied: a story makes thousands of requests with the same few statements.
 * What the protocol needs for one of them goes to PostgreSQL in one piece (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY).
 */
export async function prepareStatements(postgres: PGlite): Promise<PreparedStatements> {
	const known = new Map<string, Prepared>();
	let names = 0;
	await postgres.exec('DEALLOCATE ALL; SET plan_cache_mode = force_generic_plan');

	const send = (...messages: readonly Uint8Array[]): Promise<Message[]> =>
		postgres.execProtocolStream(Buffer.concat([...messages, serialize.sync()]), { syncToFs: false });

	const prepare = async (text: string): Promise<Prepared> => {
		const name = `statement_${++names}`;
		const told = await send(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
		const description = told.filter((message) => message.name === 'rowDescription');
		const prepared = { name, parameterTypes: parse.parseDescribeStatementResults(told), description };
		known.set(text, prepared);
		return prepared;
	};

	const asText = (value: unknown, type: number): string | null => {
		if (value === null || value === undefined) return null;
		return postgres.serializers[type]?.(value) ?? String(value);
	};

	return {
		run: (text, parameters = []) =>
			postgres.runExclusive(async () => {
				const { name, parameterTypes, description } = known.get(text) ?? (await prepare(text));
				const values = parameterTypes.map((type, index) => asText(parameters[index], type));
				const told = await send(serialize.bind({ statement: name, values }), serialize.execute());
				const [result] = parse.parseResults([...description, ...told], postgres.parsers);
				if (result === undefined) throw new Error(`PostgreSQL said nothing to: ${text}`);
				return result;
			}),
		forgetPlans: async () => void (await postgres.exec('DISCARD PLANS')),
	};
}
