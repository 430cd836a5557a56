/** Something that is wrong with an instance, with its place in the file, such as `orders[17].lines[2].qty`. */
export interface InstanceFault {
	readonly place: string;
	/** What is wrong and what becomes of it, in sentences. */
	readonly what: string;
}

export function faultWords({ place, what }: InstanceFault): string {
	return place === '' ? what : `${place}: ${what}`;
}

const longestShown = 60;

/** A value as it stands in the file, short enough for a sentence. */
export function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = JSON.stringify(value);
	return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
