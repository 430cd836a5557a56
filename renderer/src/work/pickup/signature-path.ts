/** The field in which a collector signs; a signature's path is in these units. */
export const signatureField = { width: 600, height: 200 } as const;

export interface Point {
	readonly x: number;
	readonly y: number;
}

/** From pen down to pen up. */
export type Stroke = readonly Point[];

const longestPath = 20_000;

/** A place within the field, in whole units. */
export function pointInField(x: number, y: number): Point {
	const within = (value: number, greatest: number) => Math.round(Math.min(greatest, Math.max(0, value)));
	return { x: within(x, signatureField.width), y: within(y, signatureField.height) };
}

/**
 * The strokes as the path that a handover carries; null without any. A very long drawing loses points, never strokes before its
 * last ones.
 */
export function signaturePath(strokes: readonly Stroke[]): string | null {
	for (let step = 1; ; step *= 2) {
		const path = strokes.map((stroke) => strokePath(thinned(stroke, step))).join('');
		if (path.length <= longestPath) return path === '' ? null : path;
		const isThinnest = strokes.every((stroke) => stroke.length <= step);
		if (isThinnest) return signaturePath(strokes.slice(0, Math.ceil(strokes.length / 2)));
	}
}

function thinned(stroke: Stroke, step: number): Stroke {
	return stroke.filter((_, index) => index % step === 0 || index === stroke.length - 1);
}

/** A dot is a line to itself: it shows with a round pen. */
function strokePath([first, ...rest]: Stroke): string {
	if (first === undefined) return '';
	const lines = rest.length === 0 ? [first] : rest;
	return `M${first.x} ${first.y}${lines.map(({ x, y }) => `L${x} ${y}`).join('')}`;
}
