import { usCharacter } from './us-layout.ts';

/** One keydown, as far as it matters here. `timeStamp` is `event.timeStamp` in milliseconds, never the handler's clock. */
export interface KeyPress {
	readonly code: string;
	readonly key: string;
	readonly shift: boolean;
	readonly control: boolean;
	readonly altOrMeta: boolean;
	readonly repeat: boolean;
	readonly composing: boolean;
	readonly timeStamp: number;
}

export interface WedgeSettings {
	/** Keys at most this far apart are a machine's. Scanners send one within 30 ms, hands need 60 or more. */
	readonly maxKeyGapMs: number;
	/** Characters that make a scan when a terminator ends them. */
	readonly minLength: number;
	/** Characters that make a scan when no terminator comes: more, because only their speed speaks for them. */
	readonly minLengthWithoutTerminator: number;
	/** How long nothing may come before so many characters are a scan without terminator: a busy machine hands keys over one by one. */
	readonly pauseAfterScanMs: number;
	/** How long after a scan without terminator a late one is still swallowed. */
	readonly lateTerminatorMs: number;
	readonly terminators: readonly ('Enter' | 'Tab')[];
	/** Characters that the scanner was programmed to put around each code; dropped where present. */
	readonly prefix: string;
	readonly suffix: string;
}

export const defaultWedgeSettings: WedgeSettings = {
	maxKeyGapMs: 45,
	minLength: 4,
	minLengthWithoutTerminator: 6,
	pauseAfterScanMs: 150,
	lateTerminatorMs: 200,
	terminators: ['Enter', 'Tab'],
	prefix: '',
	suffix: '',
};

interface Burst {
	/** As a US keyboard means it: the scan. */
	readonly characters: string;
	/** As this computer's layout means the keys after the first: the typing that is held back. */
	readonly heldText: string;
	readonly lastAt: number;
}

export type WedgeState =
	| { readonly kind: 'idle' }
	| { readonly kind: 'first'; readonly character: string; readonly lastAt: number }
	| ({ readonly kind: 'burst' } & Burst)
	/** Nothing came for a while. A key that was pressed in time may still be on its way. */
	| ({ readonly kind: 'settled'; readonly isScan: boolean } & Burst)
	| { readonly kind: 'ended'; readonly swallowUntil: number };

/** What to do, before the key takes its own course. A scan's first key has already reached the focused field: take it back. */
export type WedgeEffect =
	| { readonly kind: 'scan'; readonly text: string; readonly endedBy: 'terminator' | 'pause' }
	| { readonly kind: 'release'; readonly text: string };

/** `hold` and `swallow` both keep the key from the page; a held key may be released as text later. */
export type KeyVerdict = 'pass' | 'hold' | 'swallow';

export interface WedgeStep {
	readonly state: WedgeState;
	readonly verdict: KeyVerdict;
	readonly effects: readonly WedgeEffect[];
}

type WedgeInput =
	| { readonly kind: 'character'; readonly character: string; readonly typed: string; readonly at: number }
	| { readonly kind: 'terminator'; readonly at: number }
	| { readonly kind: 'other_key'; readonly at: number }
	| { readonly kind: 'pause'; readonly at: number };

type Transitions = {
	readonly [S in WedgeState['kind']]: {
		readonly [I in WedgeInput['kind']]: (
			state: Extract<WedgeState, { kind: S }>,
			input: Extract<WedgeInput, { kind: I }>,
			settings: WedgeSettings,
		) => WedgeStep;
	};
};

export const idleWedge: WedgeState = { kind: 'idle' };

const step = (state: WedgeState, verdict: KeyVerdict, effects: readonly WedgeEffect[] = []): WedgeStep => ({
	state,
	verdict,
	effects,
});

type Character = Extract<WedgeInput, { kind: 'character' }>;

const begin = ({ character, at }: Character, effects: readonly WedgeEffect[] = []): WedgeStep =>
	step({ kind: 'first', character, lastAt: at }, 'pass', effects);

/*
The first key always reaches the page, so that typing by hand never waits; from the second quick key on, keys are held.
"slow" is a gap of more than maxKeyGapMs since the last character. "settle" is: scan if minLengthWithoutTerminator is reached, else release.

state    | character                            | terminator                                      | other key          | pause
---------|--------------------------------------|-------------------------------------------------|--------------------|--------------
idle     | pass -> first                        | pass                                            | pass               | -
first    | quick: hold -> burst; slow: as idle  | pass -> idle                                    | pass -> idle       | -
burst    | quick: hold; slow: settle, as idle   | quick, minLength: scan, swallow -> ended;       | release,           | slow: settle
         |                                      | slow: settle; swallow if that is a scan         | pass -> idle       | -> settled
settled  | quick: hold -> burst; slow: as idle  | a scan: as ended; quick, minLength: as burst;   | pass -> idle       | -
         |                                      | else pass -> idle                               |                    |
ended    | as idle                              | in time: swallow; late: pass -> idle            | pass -> idle       | -
*/
const transitions: Transitions = {
	idle: {
		character: (_, input) => begin(input),
		terminator: (state) => step(state, 'pass'),
		other_key: (state) => step(state, 'pass'),
		pause: (state) => step(state, 'pass'),
	},
	first: {
		character: (state, input, settings) =>
			isSlow(state, input, settings)
				? begin(input)
				: step(
						{ kind: 'burst', characters: state.character + input.character, heldText: input.typed, lastAt: input.at },
						'hold',
					),
		terminator: () => step(idleWedge, 'pass'),
		other_key: () => step(idleWedge, 'pass'),
		pause: (state) => step(state, 'pass'),
	},
	burst: {
		character: (state, input, settings) =>
			isSlow(state, input, settings)
				? begin(input, [settle(state, settings)])
				: step(
						{
							kind: 'burst',
							characters: state.characters + input.character,
							heldText: state.heldText + input.typed,
							lastAt: input.at,
						},
						'hold',
					),
		terminator: (state, input, settings) => {
			if (isSlow(state, input, settings)) {
				const effect = settle(state, settings);
				return step(idleWedge, effect.kind === 'scan' ? 'swallow' : 'pass', [effect]);
			}
			if (state.characters.length < settings.minLength) return step(idleWedge, 'pass', [release(state)]);
			return terminate(state, input, settings);
		},
		other_key: (state, input, settings) =>
			step(idleWedge, 'pass', [isSlow(state, input, settings) ? settle(state, settings) : release(state)]),
		pause: (state, input, settings) => {
			if (input.at - state.lastAt <= pauseOf(state, settings)) return step(state, 'pass');
			const effect = settle(state, settings);
			return step({ ...state, kind: 'settled', isScan: effect.kind === 'scan' }, 'pass', [effect]);
		},
	},
	settled: {
		character: ({ characters, lastAt }, input, settings) =>
			isSlow({ lastAt }, input, settings)
				? begin(input)
				: // What was released lies in the field already; a scan takes it back with its first key.
					step(
						{ kind: 'burst', characters: characters + input.character, heldText: input.typed, lastAt: input.at },
						'hold',
					),
		terminator: (state, input, settings) => {
			if (state.isScan)
				return step(idleWedge, input.at <= state.lastAt + settings.lateTerminatorMs ? 'swallow' : 'pass');
			const isScan = !isSlow(state, input, settings) && state.characters.length >= settings.minLength;
			return isScan ? terminate(state, input, settings) : step(idleWedge, 'pass');
		},
		other_key: () => step(idleWedge, 'pass'),
		pause: (state) => step(state, 'pass'),
	},
	ended: {
		character: (_, input) => begin(input),
		terminator: (state, input) => (input.at <= state.swallowUntil ? step(state, 'swallow') : step(idleWedge, 'pass')),
		other_key: () => step(idleWedge, 'pass'),
		pause: (state) => step(state, 'pass'),
	},
};

function terminate(burst: Burst, { at }: { readonly at: number }, settings: WedgeSettings): WedgeStep {
	// Some scanners send carriage return and line feed: the second key must not press a button either.
	const swallowUntil = at + settings.maxKeyGapMs;
	return step({ kind: 'ended', swallowUntil }, 'swallow', [scan(burst, settings, 'terminator')]);
}

/** How long nothing must come before a burst is settled. */
export function pauseOf({ characters }: { readonly characters: string }, settings: WedgeSettings): number {
	return characters.length >= settings.minLengthWithoutTerminator ? settings.pauseAfterScanMs : settings.maxKeyGapMs;
}

function isSlow(state: { readonly lastAt: number }, input: { readonly at: number }, settings: WedgeSettings): boolean {
	return input.at - state.lastAt > settings.maxKeyGapMs;
}

function settle(burst: Burst, settings: WedgeSettings): WedgeEffect {
	return burst.characters.length >= settings.minLengthWithoutTerminator
		? scan(burst, settings, 'pause')
		: release(burst);
}

function release(burst: Burst): WedgeEffect {
	return { kind: 'release', text: burst.heldText };
}

function scan({ characters }: Burst, { prefix, suffix }: WedgeSettings, endedBy: 'terminator' | 'pause'): WedgeEffect {
	const start = prefix !== '' && characters.startsWith(prefix) ? prefix.length : 0;
	const withoutPrefix = characters.slice(start);
	const end = suffix !== '' && withoutPrefix.endsWith(suffix) ? -suffix.length : undefined;
	return { kind: 'scan', text: withoutPrefix.slice(0, end), endedBy };
}

const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn']);

function run(state: WedgeState, input: WedgeInput, settings: WedgeSettings): WedgeStep {
	// The table is complete by its type; only the compiler can't follow that both keys come from the values passed on.
	const transition = transitions[state.kind][input.kind] as (
		state: WedgeState,
		input: WedgeInput,
		settings: WedgeSettings,
	) => WedgeStep;
	return transition(state, input, settings);
}

/** Feeds one keydown. The caller applies the effects in order, then the verdict to this key. */
export function pressKey(
	state: WedgeState,
	press: KeyPress,
	settings: WedgeSettings = defaultWedgeSettings,
): WedgeStep {
	if (modifierKeys.has(press.key)) return step(state, 'pass');
	return run(state, readPress(state, press, settings), settings);
}

/** Tells that no key came for a while; `at` is on the clock of `event.timeStamp`. */
export function pauseKeys(state: WedgeState, at: number, settings: WedgeSettings = defaultWedgeSettings): WedgeStep {
	return run(state, { kind: 'pause', at }, settings);
}

function readPress(state: WedgeState, press: KeyPress, settings: WedgeSettings): WedgeInput {
	const at = press.timeStamp;
	// A held-down key repeats every 33 ms, an input method sends what it likes: both are hands.
	if (press.repeat || press.composing || press.altOrMeta) return { kind: 'other_key', at };
	// Scanners send FNC1 as Ctrl+] in keyboard mode, if at all; it never begins a code there.
	if (press.control)
		return state.kind === 'burst' && press.code === 'BracketRight'
			? { kind: 'character', character: '\x1d', typed: '', at }
			: { kind: 'other_key', at };
	const code = press.code === 'NumpadEnter' ? 'Enter' : press.code;
	if (settings.terminators.some((terminator) => terminator === code) && !press.shift) return { kind: 'terminator', at };
	const character = usCharacter(press.code, press.shift);
	// A key that is longer than one character ("Dead", "Process", "ArrowUp") puts no text into a field by itself.
	if (character === undefined || [...press.key].length !== 1) return { kind: 'other_key', at };
	return { kind: 'character', character, typed: press.key, at };
}
