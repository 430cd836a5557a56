import { readScanCode, type ScanCode, type Symbology } from '../../../shared/codes/index.ts';
import { rememberField, textFieldOf, typeIntoFocus } from './focused-text.ts';
import {
	defaultWedgeSettings,
	idleWedge,
	pauseKeys,
	pauseOf,
	pressKey,
	type WedgeSettings,
	type WedgeState,
	type WedgeStep,
} from './wedge-detector.ts';

export type ScanSource = 'wedge' | 'camera' | 'typed';

/** One scan. `at` is in milliseconds since 1970. */
export interface Scan {
	readonly code: ScanCode;
	readonly text: string;
	readonly source: ScanSource;
	readonly at: number;
}

/** Returns true when it has handled the scan, which then goes no further. */
export type ScanListener = (scan: Scan) => boolean;

export interface ScanHub {
	/** The newest subscriber is asked first: the screen on top. Returns the way out. */
	readonly subscribe: (listener: ScanListener) => () => void;
	/** What was typed into the universal field. Returns whether anyone handled it. */
	readonly submitTyped: (text: string) => boolean;
	readonly submitCamera: (text: string, symbology: Symbology) => boolean;
	/** While this is so, the screen that scans are meant for is still coming: they wait for `goOn`. */
	readonly waitWhile: (isComing: () => boolean) => void;
	readonly goOn: () => void;
	/** How many bursts of quick keys have begun: it has changed when a key turns out to have been a scan's first. */
	readonly burstsBegun: () => number;
	readonly close: () => void;
}

export interface ScanHubOptions {
	readonly window: Window;
	readonly settings?: WedgeSettings;
	/** Milliseconds since 1970. */
	readonly clock?: () => number;
	/** Hears of scans that nobody handled. */
	readonly unhandled?: (scan: Scan) => void;
}

/** Listens to the whole window for a keyboard scanner and gives every scan, from whatever source, to the screen on top. */
export function openScanHub(options: ScanHubOptions): ScanHub {
	const { window, settings = defaultWedgeSettings, clock = Date.now, unhandled } = options;
	const listeners: ScanListener[] = [];
	const keptDown = new Set<string>();
	let state: WedgeState = idleWedge;
	let takeBackFirstKey: (() => void) | undefined;
	let timer: number | undefined;
	let bursts = 0;
	let isComing = () => false;
	let waiting: string[] = [];

	const deliver = (text: string, source: ScanSource, symbology?: Symbology): boolean => {
		const scan: Scan = { code: readScanCode(text, symbology), text, source, at: clock() };
		for (const listener of listeners.toReversed()) if (listener(scan)) return true;
		unhandled?.(scan);
		return false;
	};

	const take = (text: string): void => {
		if (isComing()) waiting.push(text);
		else deliver(text, 'wedge');
	};

	const apply = (result: WedgeStep): void => {
		if (result.state.kind === 'burst' && state.kind !== 'burst') bursts++;
		state = result.state;
		for (const effect of result.effects) {
			if (effect.kind === 'release') {
				typeIntoFocus(window.document, effect.text);
				continue;
			}
			takeBackFirstKey?.();
			takeBackFirstKey = undefined;
			take(effect.text);
		}
	};

	const waitForPause = (): void => {
		window.clearTimeout(timer);
		timer = undefined;
		if (state.kind !== 'burst') return;
		const pauseMs = pauseOf(state, settings) + 15;
		const due = window.performance.now() + pauseMs;
		timer = window.setTimeout(() => {
			timer = undefined;
			// A timer that is late means a blocked page: keys may be waiting behind it, so they get their turn first.
			const isLate = window.performance.now() - due > 15;
			if (!isLate) apply(pauseKeys(state, window.performance.now(), settings));
			waitForPause();
		}, pauseMs);
	};

	const keydown = (event: KeyboardEvent): void => {
		// Autofill sends keydown events without a key, and scripts send theirs.
		if (!event.isTrusted || typeof event.key !== 'string' || typeof event.code !== 'string') return;
		const result = pressKey(
			state,
			{
				code: event.code,
				key: event.key,
				shift: event.shiftKey,
				control: event.ctrlKey && !event.altKey,
				altOrMeta: event.altKey || event.metaKey || event.getModifierState('AltGraph'),
				repeat: event.repeat,
				composing: event.isComposing,
				timeStamp: event.timeStamp,
			},
			settings,
		);
		apply(result);
		if (result.verdict !== 'pass') {
			event.preventDefault();
			event.stopImmediatePropagation();
			keptDown.add(event.code);
		} else if (state.kind === 'first' && state.lastAt === event.timeStamp) {
			const field = textFieldOf(event.composedPath()[0]);
			takeBackFirstKey = field === undefined ? undefined : rememberField(field);
		}
		waitForPause();
	};

	const keyup = (event: KeyboardEvent): void => {
		if (!keptDown.delete(event.code)) return;
		event.preventDefault();
		event.stopImmediatePropagation();
	};

	window.addEventListener('keydown', keydown, { capture: true });
	window.addEventListener('keyup', keyup, { capture: true });

	return {
		subscribe: (listener) => {
			// Wrapped, so that a listener that subscribes twice leaves once for each.
			const own: ScanListener = (scan) => listener(scan);
			listeners.push(own);
			return () => {
				const at = listeners.indexOf(own);
				if (at !== -1) listeners.splice(at, 1);
			};
		},
		submitTyped: (text) => deliver(text, 'typed'),
		submitCamera: (text, symbology) => deliver(text, 'camera', symbology),
		waitWhile: (condition) => {
			isComing = condition;
		},
		goOn: () => {
			const due = waiting;
			waiting = [];
			// One that leads to a further screen makes those after it wait again.
			for (const text of due) take(text);
		},
		burstsBegun: () => bursts,
		close: () => {
			window.clearTimeout(timer);
			window.removeEventListener('keydown', keydown, { capture: true });
			window.removeEventListener('keyup', keyup, { capture: true });
			listeners.length = 0;
		},
	};
}
