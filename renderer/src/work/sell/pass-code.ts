/** As central's own pass codes: nothing that is taken for something else, read aloud or by hand. */
const passAlphabet = 'ACDEFGHJKMNPQRTUVWXY34679';

/** What the customer shows to collect: six characters. @param bytes six random ones */
export function passCodeOf(bytes: Uint8Array): string {
	return [...bytes.slice(0, 6)].map((byte) => passAlphabet[byte % passAlphabet.length]).join('');
}
