/** When one scan was answered; all in milliseconds since its terminator was pressed. */
export interface ScanTimes {
	/** The verdict is in the document; what it says was saved on disk before. */
	readonly shown: number;
	/** The frame that carries it began. */
	readonly frame: number;
	/** That frame has been painted. */
	readonly painted: number;
	readonly kind: string;
}

/** What the page itself has seen; filled by `installInstruments`. */
export interface PageInstruments {
	/** The answer to the next scan. Ask before the scanner's keys are sent. */
	nextScan(): Promise<ScanTimes>;
	/** Milliseconds since the navigation began until an element was there and painted. */
	painted(selector: string): Promise<number>;
	/** Milliseconds since 1970, with fractions, when an element's text held these words and was painted. */
	saying(selector: string, words: string): Promise<number>;
	/** Milliseconds since the navigation began, or null: when the device was enrolled, and when each stream was whole. */
	readonly load: { enrolled: number | null; site: number | null; shared: number | null };
	/** The main thread's tasks of more than 50 ms: when they began, and how long they took. */
	readonly longTasks: { readonly at: number; readonly milliseconds: number }[];
}

declare global {
	interface Window {
		bench: PageInstruments;
	}
}

/** Runs in the page before the app does. It must not use anything outside of itself. */
export function installInstruments(): void {
	const verdicts = '[aria-live="assertive"]';
	const load: PageInstruments['load'] = { enrolled: null, site: null, shared: null };
	const longTasks: PageInstruments['longTasks'] = [];
	let waiting: ((times: ScanTimes) => void) | null = null;
	let enterAt: number | null = null;

	const whenPainted = (then: (frame: number, painted: number) => void) => {
		requestAnimationFrame(() => {
			const frame = performance.now();
			// A message that is sent before the frame is drawn arrives after it.
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => then(frame, performance.now());
			port2.postMessage(null);
		});
	};
	window.addEventListener(
		'keydown',
		(event) => {
			// Chromium stamps keys that come through its debugging interface up to a frame late, even later than now.
			if (event.code === 'Enter') enterAt = Math.min(event.timeStamp, performance.now());
		},
		{ capture: true },
	);
	const answered = () => {
		if (waiting === null || enterAt === null) return;
		const tell = waiting;
		const began = enterAt;
		waiting = null;
		enterAt = null;
		const shown = performance.now() - began;
		const kind = document.querySelector(verdicts)?.closest<HTMLElement>('[data-kind]')?.dataset.kind ?? '';
		whenPainted((frame, painted) => tell({ shown, frame: frame - began, painted: painted - began, kind }));
	};
	new MutationObserver((changes) => {
		const isVerdict = changes.some(
			({ target, addedNodes }) =>
				addedNodes.length > 0 && target instanceof Element && target.closest(verdicts) !== null,
		);
		if (isVerdict) answered();
	}).observe(document, { childList: true, subtree: true });

	/** Looks at every change of the document until the condition holds. */
	const untilThere = (condition: () => boolean) =>
		new Promise<number>((resolve) => {
			const look = () => {
				if (!condition()) return false;
				whenPainted((_, painted) => resolve(painted));
				return true;
			};
			if (look()) return;
			const observer = new MutationObserver(() => {
				if (look()) observer.disconnect();
			});
			observer.observe(document, { childList: true, subtree: true, characterData: true });
		});
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries()) {
			longTasks.push({ at: startTime, milliseconds: duration });
		}
	}).observe({ type: 'longtask', buffered: true });

	type Progress = { readonly position: number; readonly head: number } | null;
	type Status = {
		readonly enrolled: unknown;
		readonly streams: { readonly site: Progress; readonly shared: Progress };
	};
	const follow = ({ enrolled, streams }: Status) => {
		const now = performance.now();
		if (enrolled !== null) load.enrolled ??= now;
		for (const name of ['site', 'shared'] as const) {
			const progress = streams[name];
			if (progress !== null && progress.position >= progress.head && progress.head > 0) load[name] ??= now;
		}
	};
	const PlainWorker = window.Worker;
	window.Worker = class extends PlainWorker {
		constructor(url: string | URL, options?: WorkerOptions) {
			super(url, options);
			this.addEventListener('message', ({ data }) => {
				for (const event of data?.kind === 'events' ? data.events : []) {
					if (event.kind === 'status') follow(event.status);
				}
			});
		}
	};
	window.bench = {
		nextScan: () =>
			new Promise((resolve, reject) => {
				waiting = resolve;
				setTimeout(() => reject(new Error('The scan was not answered within 10 s')), 10_000);
			}),
		painted: (selector) => untilThere(() => document.querySelector(selector) !== null),
		saying: async (selector, words) => {
			const at = await untilThere(() => document.querySelector(selector)?.textContent?.includes(words) === true);
			return performance.timeOrigin + at;
		},
		load,
		longTasks,
	};
}
