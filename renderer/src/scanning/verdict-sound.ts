/** The three answers to a scan. */
export type Verdict = 'right' | 'wrong' | 'attention';

interface Tone {
	readonly hertz: number;
	readonly startMs: number;
	readonly lengthMs: number;
	readonly wave: OscillatorType;
	readonly volume: number;
}

// Told apart by rhythm and by shape, not by pitch alone: one short high note, two low buzzes, three notes that rise.
const tones: Readonly<Record<Verdict, readonly Tone[]>> = {
	right: [{ hertz: 1_760, startMs: 0, lengthMs: 90, wave: 'sine', volume: 0.25 }],
	wrong: [
		{ hertz: 180, startMs: 0, lengthMs: 180, wave: 'sawtooth', volume: 0.35 },
		{ hertz: 140, startMs: 230, lengthMs: 260, wave: 'sawtooth', volume: 0.35 },
	],
	attention: [
		{ hertz: 660, startMs: 0, lengthMs: 80, wave: 'triangle', volume: 0.3 },
		{ hertz: 880, startMs: 110, lengthMs: 80, wave: 'triangle', volume: 0.3 },
		{ hertz: 1_175, startMs: 220, lengthMs: 120, wave: 'triangle', volume: 0.3 },
	],
};

/** Plays verdicts; silent where the machine has no sound. `open` is a port for the audio context. */
export function createVerdictSound(open: () => AudioContext = () => new AudioContext()): (verdict: Verdict) => void {
	let context: AudioContext | undefined;
	let isSilent = false;
	return (verdict) => {
		if (isSilent) return;
		try {
			context ??= open();
			// A browser keeps it asleep until the first key or click.
			if (context.state === 'suspended') void context.resume().catch(() => undefined);
			for (const tone of tones[verdict]) play(context, tone);
		} catch {
			isSilent = true;
		}
	};
}

function play(context: AudioContext, { hertz, startMs, lengthMs, wave, volume }: Tone): void {
	const start = context.currentTime + startMs / 1_000;
	const end = start + lengthMs / 1_000;
	const oscillator = context.createOscillator();
	const gain = context.createGain();
	oscillator.type = wave;
	oscillator.frequency.value = hertz;
	// Short ramps, or the speaker clicks.
	gain.gain.setValueAtTime(0, start);
	gain.gain.linearRampToValueAtTime(volume, start + 0.005);
	gain.gain.setValueAtTime(volume, end - 0.02);
	gain.gain.linearRampToValueAtTime(0, end);
	oscillator.connect(gain).connect(context.destination);
	oscillator.start(start);
	oscillator.stop(end);
}
