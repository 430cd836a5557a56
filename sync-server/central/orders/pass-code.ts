import { randomInt } from 'node:crypto';

/** Without characters that are taken for each other, read aloud or by hand: 0 O, 1 I L, 2 Z, 5 S, 8 B. */
const alphabet = 'ACDEFGHJKMNPQRTUVWXY34679';

/** What a customer shows to collect: six characters that nobody can guess from others. */
export function newPassCode(): string {
	return Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
