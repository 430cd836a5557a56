/**
 * The states that a dynamic program over an order runs through: for each line, how many steps of it are still to be served.
 * A line that any of its sites can serve whole is one step; only a line that some site has too little of is counted unit by unit.
 */
export interface DemandShape {
	/** Steps of each line. */
	readonly steps: readonly number[];
	/** What one step of each line adds to a state's number. */
	readonly strides: readonly number[];
	readonly states: number;
	/** A state's steps in bit fields with a free bit above each: `contains` compares all lines at once. */
	readonly codes: Int32Array;
	readonly freeBits: number;
	/** The first line with steps left, for each state. */
	readonly firstLine: Int32Array;
}

export const mostStates = 4096;

/** @returns undefined where there are more than `mostStates` states */
export function makeShape(steps: readonly number[]): DemandShape | undefined {
	const strides: number[] = [];
	const shifts: number[] = [];
	let states = 1;
	let bits = 0;
	let freeBits = 0;
	for (const count of steps) {
		strides.push(states);
		shifts.push(bits);
		states *= count + 1;
		if (states > mostStates) return undefined;
		bits += 32 - Math.clz32(count);
		freeBits |= 1 << bits;
		bits += 1;
	}
	const codes = new Int32Array(states);
	const firstLine = new Int32Array(states).fill(-1);
	for (let state = 0; state < states; state += 1) {
		let left = state;
		let code = 0;
		for (let line = 0; line < steps.length; line += 1) {
			const base = (steps[line] as number) + 1;
			const digit = left % base;
			left = (left - digit) / base;
			code |= digit << (shifts[line] as number);
			if (digit > 0 && firstLine[state] === -1) firstLine[state] = line;
		}
		codes[state] = code;
	}
	return { steps, strides, states, codes, freeBits, firstLine };
}

/** Whether a state has at least the steps of another in every line. */
export function contains({ codes, freeBits }: DemandShape, state: number, part: number): boolean {
	return ((((codes[state] as number) | freeBits) - (codes[part] as number)) & freeBits) === freeBits;
}

export function stepsOf({ steps, strides }: DemandShape, state: number, line: number): number {
	return Math.floor(state / (strides[line] as number)) % ((steps[line] as number) + 1);
}
