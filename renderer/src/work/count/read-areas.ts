/** Areas as they are typed, by commas: each once, at most nine, since each has a digit. */
export function readAreas(text: string): readonly string[] {
	const names = text
		.split(',')
		.map((each) => each.trim().slice(0, 40))
		.filter((each) => each !== '');
	return [...new Set(names)].slice(0, 9);
}
