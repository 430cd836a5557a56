import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usCharacter } from './us-layout.ts';
import {
	defaultWedgeSettings,
	idleWedge,
	type KeyPress,
	pauseKeys,
	pressKey,
	type WedgeState,
} from './wedge-detector.ts';

const codes = [
	...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `Key${letter}`),
	...'0123456789'.split('').map((digit) => `Digit${digit}`),
	...[
		'Minus',
		'Equal',
		'BracketLeft',
		'BracketRight',
		'Backslash',
		'Semicolon',
		'Quote',
		'Comma',
		'Period',
		'Slash',
		'Space',
	],
];
const keysOf = new Map(
	codes.flatMap((code) => [false, true].map((shift) => [usCharacter(code, shift) ?? '', { code, shift }] as const)),
);
keysOf.set(' ', { code: 'Space', shift: false });

interface Planned {
	readonly character: string;
	readonly gap: number;
	readonly change?: Partial<KeyPress>;
}

/** A text field behind the detector: it gets what passes and what is released, and gives a scan's first key back. */
function desk(settings = defaultWedgeSettings) {
	let state: WedgeState = idleWedge;
	let now = 1_000;
	let field = '';
	let beforeFirst = '';
	let buttonPresses = 0;
	const scans: string[] = [];
	const apply = (result: ReturnType<typeof pressKey>) => {
		state = result.state;
		for (const effect of result.effects) {
			if (effect.kind === 'release') field += effect.text;
			else {
				scans.push(effect.text);
				field = beforeFirst;
			}
		}
		return result.verdict;
	};
	const press = ({ character, gap, change }: Planned) => {
		now += gap;
		const place = keysOf.get(character) ?? { code: character, shift: false };
		const key: KeyPress = {
			...place,
			key: character,
			control: false,
			altOrMeta: false,
			repeat: false,
			composing: false,
			timeStamp: now,
			...change,
		};
		const verdict = apply(pressKey(state, key, settings));
		if (verdict !== 'pass') return;
		if (key.code === 'Enter' || key.code === 'Tab') buttonPresses++;
		else if ([...key.key].length === 1 && !key.control) {
			beforeFirst = field;
			field += key.key;
		}
	};
	return {
		press,
		pressAll: (plan: readonly Planned[]) => plan.forEach(press),
		wait: (ms: number) => {
			now += ms;
			apply(pauseKeys(state, now, settings));
		},
		/** The page's clock is ahead: keys that were pressed in time are still on their way to it. */
		lag: (ms: number) => apply(pauseKeys(state, now + ms, settings)),
		result: () => ({ scans, field, buttonPresses }),
	};
}

const type = (text: string, gap: number): Planned[] => [...text].map((character) => ({ character, gap }));
const scanned = (text: string, gap = 5): Planned[] => [...type(text, gap), { character: 'Enter', gap }];

describe('a scan', () => {
	test('leaves nothing in the focused field and presses no button', () => {
		const at = desk();
		at.pressAll(scanned('5012345678900'));
		expect(at.result()).toEqual({ scans: ['5012345678900'], field: '', buttonPresses: 0 });
	});

	test('of the same code twice within 300 ms is two scans', () => {
		const at = desk();
		at.pressAll([...scanned('5012345678900', 8), ...scanned('5012345678900', 8)]);
		expect(at.result().scans).toEqual(['5012345678900', '5012345678900']);
	});

	test('keeps what was typed into the field before and after it', () => {
		const at = desk();
		at.pressAll([...type('ann', 70), { character: ' ', gap: 90 }]);
		at.wait(120);
		at.pressAll(scanned('ORD-1042'));
		at.pressAll(type('lee', 80));
		expect(at.result()).toEqual({ scans: ['ORD-1042'], field: 'ann lee', buttonPresses: 0 });
	});

	test('on a French keyboard is the digits of the barcode, not the symbols of the layout', () => {
		const french: Record<string, string> = {
			1: '&',
			2: 'é',
			3: '"',
			4: "'",
			5: '(',
			6: '-',
			7: 'è',
			8: '_',
			9: 'ç',
			0: 'à',
		};
		const at = desk();
		const plan = scanned('5012345678900').map((each) => ({
			...each,
			change: { key: french[each.character] ?? each.character },
		}));
		at.pressAll(plan);
		expect(at.result()).toEqual({ scans: ['5012345678900'], field: '', buttonPresses: 0 });
	});

	test('without terminator is taken after a pause, and its late Enter presses nothing', () => {
		const at = desk();
		at.pressAll(type('5012345678900', 10));
		at.wait(60);
		at.press({ character: 'Enter', gap: 60 });
		expect(at.result()).toEqual({ scans: ['5012345678900'], field: '', buttonPresses: 0 });
	});

	test('whose Enter comes late on a busy main thread still presses nothing', () => {
		const at = desk();
		at.pressAll([...type('5012345678900', 10), { character: 'Enter', gap: 90 }]);
		expect(at.result()).toEqual({ scans: ['5012345678900'], field: '', buttonPresses: 0 });
	});

	test('whose keys reach the page one by one is still whole', () => {
		const at = desk();
		at.pressAll(type('5012', 5));
		at.lag(80);
		at.pressAll(type('34567', 5));
		at.lag(140);
		at.pressAll(scanned('8900'));
		expect(at.result()).toEqual({ scans: ['5012345678900'], field: '', buttonPresses: 0 });
	});

	test('whose terminator alone reaches the page late presses nothing', () => {
		const at = desk();
		at.pressAll(type('5012', 5));
		at.lag(80);
		at.press({ character: 'Enter', gap: 5 });
		expect(at.result()).toEqual({ scans: ['5012'], field: '', buttonPresses: 0 });
	});

	test('without terminator ends when the next scan begins', () => {
		const at = desk();
		at.pressAll([...type('5012345678900', 10), { character: 'O', gap: 80 }, ...scanned('RD-1042', 10)]);
		expect(at.result()).toEqual({ scans: ['5012345678900', 'ORD-1042'], field: '', buttonPresses: 0 });
	});

	test('that ends with two terminators presses nothing', () => {
		const at = desk();
		at.pressAll([...scanned('5012345678900'), { character: 'Tab', gap: 5 }]);
		expect(at.result()).toEqual({ scans: ['5012345678900'], field: '', buttonPresses: 0 });
	});

	test('loses the prefix and the suffix that the scanner adds', () => {
		const at = desk({ ...defaultWedgeSettings, prefix: '[', suffix: ';' });
		at.pressAll(scanned('[5012345678900;'));
		expect(at.result().scans).toEqual(['5012345678900']);
	});

	test('keeps a separator that the scanner sends as Ctrl+]', () => {
		const at = desk();
		const separator = { character: ']', gap: 5, change: { control: true } };
		at.pressAll([...type(']C110AB', 5), separator, ...scanned('17261231')]);
		expect(at.result().scans).toEqual([']C110AB\x1d17261231']);
	});

	test('on the number pad counts as well', () => {
		const at = desk();
		for (const digit of '50123456') at.press({ character: digit, gap: 6, change: { code: `Numpad${digit}` } });
		at.press({ character: 'Enter', gap: 6, change: { code: 'NumpadEnter' } });
		expect(at.result()).toEqual({ scans: ['50123456'], field: '', buttonPresses: 0 });
	});
});

describe('typing by hand', () => {
	test('a burst of quick keys before Enter is typing, and Enter works', () => {
		const at = desk();
		at.pressAll([...type('an', 70), ...type('no', 12), { character: 'Enter', gap: 40 }]);
		expect(at.result()).toEqual({ scans: [], field: 'anno', buttonPresses: 1 });
	});

	test('three keys at once and Enter are typing', () => {
		const at = desk();
		at.pressAll([...type('asd', 3), { character: 'Enter', gap: 10 }]);
		expect(at.result()).toEqual({ scans: [], field: 'asd', buttonPresses: 1 });
	});

	test('a key that is held down repeats as text', () => {
		const at = desk();
		at.press({ character: '0', gap: 100 });
		for (let repeats = 0; repeats < 20; repeats++) at.press({ character: '0', gap: 33, change: { repeat: true } });
		at.press({ character: 'Enter', gap: 33 });
		expect(at.result()).toEqual({ scans: [], field: '0'.repeat(21), buttonPresses: 1 });
	});

	test('an input method may compose as quickly as it likes', () => {
		const at = desk();
		for (const each of type('nihongo', 5)) at.press({ ...each, change: { composing: true } });
		at.press({ character: 'Enter', gap: 5, change: { composing: true } });
		expect(at.result().scans).toEqual([]);
	});

	test('a quick pair of keys on a foreign layout is released as that layout means it', () => {
		const at = desk();
		at.press({ character: '1', gap: 80, change: { key: '&' } });
		at.press({ character: '2', gap: 10, change: { key: 'é' } });
		at.wait(60);
		expect(at.result()).toEqual({ scans: [], field: '&é', buttonPresses: 0 });
	});

	test('a shortcut right after a quick pair releases the pair first', () => {
		const at = desk();
		at.pressAll([...type('ab', 10), { character: 's', gap: 10, change: { control: true } }]);
		expect(at.result()).toEqual({ scans: [], field: 'ab', buttonPresses: 0 });
	});
});

describe('laws', () => {
	const symbol = fc.constantFrom(...keysOf.keys());
	const handGap = fc.integer({ min: 46, max: 400 });
	const machineGap = fc.integer({ min: 0, max: 30 });
	const hand = fc
		.array(
			fc.record({
				character: fc.oneof({ weight: 8, arbitrary: symbol }, { weight: 1, arbitrary: fc.constant('Enter') }),
				gap: handGap,
			}),
			{ maxLength: 40 },
		)
		.chain((plan) =>
			// Bursts of two quick keys, never two bursts in a row.
			fc
				.array(fc.boolean(), { minLength: plan.length, maxLength: plan.length })
				.map((quick) => plan.map((each, at) => (at % 2 === 1 && quick[at] ? { ...each, gap: 5 } : each))),
		);
	const code = fc.array(symbol, { minLength: 4, maxLength: 40 }).map((characters) => characters.join(''));
	const scanPlan = code.chain((text) =>
		fc.array(machineGap, { minLength: text.length + 1, maxLength: text.length + 1 }).map((gaps) => ({
			text,
			plan: [...text, 'Enter'].map((character, at) => ({ character, gap: at === 0 ? 60 : (gaps[at] ?? 0) })),
		})),
	);
	const textOf = (plan: readonly Planned[]) =>
		plan
			.filter(({ character }) => character !== 'Enter')
			.map(({ character }) => character)
			.join('');

	test('any text at the speed of hands is that text, and no scan', () => {
		fc.assert(
			fc.property(hand, fc.boolean(), (plan, timersRun) => {
				const at = desk();
				for (const each of plan) {
					if (timersRun && each.gap > 60) {
						at.wait(60);
						at.press({ ...each, gap: each.gap - 60 });
					} else at.press(each);
				}
				at.wait(500);
				const enters = plan.filter(({ character }) => character === 'Enter').length;
				expect(at.result()).toEqual({ scans: [], field: textOf(plan), buttonPresses: enters });
			}),
			{ numRuns: 1_000 },
		);
	});

	test('any code at the speed of a scanner is that scan, and no text', () => {
		fc.assert(
			fc.property(fc.array(scanPlan, { minLength: 1, maxLength: 4 }), (all) => {
				const at = desk();
				for (const { plan } of all) at.pressAll(plan);
				expect(at.result()).toEqual({ scans: all.map(({ text }) => text), field: '', buttonPresses: 0 });
			}),
			{ numRuns: 1_000 },
		);
	});

	test('any code at the speed of a scanner is that scan, and no text, however late its keys reach the page', () => {
		const lags = fc.array(fc.integer({ min: 0, max: 145 }), { minLength: 50, maxLength: 50 });
		fc.assert(
			fc.property(scanPlan, lags, ({ text, plan }, late) => {
				const at = desk();
				plan.forEach((each, index) => {
					at.press(each);
					if (index < plan.length - 1) at.lag(late[index] ?? 0);
				});
				expect(at.result()).toEqual({ scans: [text], field: '', buttonPresses: 0 });
			}),
			{ numRuns: 1_000 },
		);
	});

	test('hands and scanners in any order keep what is theirs', () => {
		const part = fc.oneof(
			hand.map((plan) => ({ kind: 'hand' as const, plan })),
			scanPlan.map(({ text, plan }) => ({ kind: 'scan' as const, text, plan })),
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
				const at = desk();
				for (const { plan } of parts) at.pressAll(plan);
				at.wait(500);
				const { scans, field } = at.result();
				expect(scans).toEqual(parts.flatMap((each) => (each.kind === 'scan' ? [each.text] : [])));
				expect(field).toBe(parts.map((each) => (each.kind === 'hand' ? textOf(each.plan) : '')).join(''));
			}),
			{ numRuns: 1_000 },
		);
	});
});
