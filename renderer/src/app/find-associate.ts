import type { Associate } from '../../../shared/schema/associate.ts';

function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Diacritic}/gu, '')
		.toLowerCase();
}

/** Associates of whose name some word begins as typed, accents aside; in order of their names. */
export function findAssociates(associates: readonly Associate[], typed: string): readonly Associate[] {
	const wished = plain(typed.trim());
	return associates
		.filter(
			({ name }) =>
				wished === '' ||
				plain(name).startsWith(wished) ||
				plain(name)
					.split(/\s+/)
					.some((word) => word.startsWith(wished)),
		)
		.toSorted((a, b) => a.name.localeCompare(b.name));
}
