import fc from 'fast-check';

/** One thing that goes wrong in a message, at a place that is chosen when the message is there. */
export type Spoil = { readonly where: number } & (
	| { readonly what: 'drop' }
	| { readonly what: 'replace' | 'add'; readonly value: unknown; readonly name: string }
	| { readonly what: 'repeat' }
	| { readonly what: 'nest'; readonly depth: number }
);

const nasty = fc.oneof(
	fc.constantFrom<unknown>(
		...[null, true, false, '', ' ', 0, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 53)],
		...['\0', 'a\0b', '\ud800', 'x\udc00', '\u202e', '\ufeff', '\n', 'x'.repeat(5000), '1', 'null', "'; --", '%00'],
		...[[], {}, [[]], [null], { length: 3 }, { toString: 1 }, '2026-13-45T99:99:99Z', '+999999-01-01T00:00:00Z'],
	),
	fc.jsonValue({ maxDepth: 3 }),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.double(),
);
const names = fc.oneof(
	fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'type', 'seq', 'hash', '', '\0', '\ud800'),
	fc.string({ unit: 'binary', maxLength: 12 }),
);
const where = fc.nat({ max: 10_000 });

export const spoils: fc.Arbitrary<Spoil> = fc.oneof(
	fc.record({ where, what: fc.constant('drop' as const) }),
	{
		weight: 4,
		arbitrary: fc.record({
			where,
			what: fc.constantFrom('replace' as const, 'add' as const),
			value: nasty,
			name: names,
		}),
	},
	fc.record({ where, what: fc.constant('repeat' as const) }),
	fc.record({ where, what: fc.constant('nest' as const), depth: fc.constantFrom(1, 3, 63, 64, 65, 2000) }),
);

type Path = readonly (string | number)[];

/** The message with this one thing wrong in it; the message itself stays as it is. */
export function spoiled(message: unknown, spoil: Spoil): unknown {
	const paths = pathsOf(message);
	const path = paths[spoil.where % paths.length] ?? [];
	return changedAt(message, path, (value) => {
		switch (spoil.what) {
			case 'drop':
				return undefined;
			case 'replace':
				return spoil.value;
			case 'add':
				if (Array.isArray(value)) return [...value, spoil.value];
				return isRecord(value) ? withMember(value, spoil.name, spoil.value) : spoil.value;
			case 'repeat':
				return Array.isArray(value) ? [...value, ...value] : [value, value];
			case 'nest':
				return nested(value, spoil.depth);
		}
	});
}

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
	if (path.length > 6) return [path];
	const members = Array.isArray(value) ? value.map((_, index) => index) : isRecord(value) ? Object.keys(value) : [];
	return [
		path,
		...members.flatMap((name) => pathsOf((value as Record<string | number, unknown>)[name], [...path, name])),
	];
}

function changedAt(value: unknown, [name, ...rest]: Path, change: (value: unknown) => unknown): unknown {
	if (name === undefined) return change(value);
	if (Array.isArray(value)) {
		return value.flatMap((item: unknown, index) => {
			const next = index === name ? changedAt(item, rest, change) : item;
			return next === undefined ? [] : [next];
		});
	}
	if (!isRecord(value)) return value;
	return withMember(value, String(name), changedAt(value[name], rest, change));
}

/** By entries, so that a member called `__proto__` becomes one. */
function withMember(value: Readonly<Record<string, unknown>>, name: string, member: unknown): object {
	return Object.fromEntries([...Object.entries(value).filter(([other]) => other !== name), [name, member]]);
}

function nested(value: unknown, depth: number): unknown {
	let outer = value;
	for (let level = 0; level < depth; level += 1) outer = level % 2 === 0 ? [outer] : { deeper: outer };
	return outer;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What may happen to the text of a message on its way. */
export const textFaults: fc.Arbitrary<(text: string) => string> = fc.oneof(
	{ weight: 12, arbitrary: fc.constant((text: string) => text) },
	fc.nat({ max: 2000 }).map((at) => (text: string) => text.slice(0, at)),
	fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 5 })).map(([at, extra]) => (text: string) => {
		const cut = at % (text.length + 1);
		return text.slice(0, cut) + extra + text.slice(cut);
	}),
	fc
		.constantFrom('1e400', '-1e400', '-0', '0.1e1', '99999999999999999999', '01', 'NaN', '"\\u0000"', '"\\ud800"')
		.map((value) => (text: string) => text.replace(/\d+/, value)),
	fc.constantFrom(100, 5000, 100_000).map((depth) => (text: string) => {
		return text.replace(/:/, `:${'['.repeat(depth)}${']'.repeat(depth)},"again":`);
	}),
	fc.constant((text: string) => text.replace(/"(\w+)":/, '"__proto__":{"admin":true},"$1":1,"$1":')),
	fc.constant((text: string) => `\ufeff${text}`),
	fc.constant((text: string) => text + text),
	fc.constant((text: string) => `[${text}]`),
);

export const rawBodies: fc.Arbitrary<Buffer> = fc.oneof(
	fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
	fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
	fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
	fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text, 'utf16le')),
	fc
		.constantFrom('', ' ', '{', '"', '[', 'null', '0', '{}', '[]', '{"operations":', '{"operations":[]}')
		.map(Buffer.from),
);
