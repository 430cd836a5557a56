import type { CDPSession } from 'playwright';

type Key = { readonly code: string; readonly virtualKey: number; readonly shift: boolean };

const others: Readonly<Record<string, readonly [code: string, virtualKey: number, shift: boolean]>> = {
	'-': ['Minus', 189, false],
	'.': ['Period', 190, false],
	'/': ['Slash', 191, false],
	_: ['Minus', 189, true],
	']': ['BracketRight', 221, false],
	'(': ['Digit9', 57, true],
	')': ['Digit0', 48, true],
	' ': ['Space', 32, false],
};

function keyOf(character: string): Key {
	if (/[0-9]/.test(character)) return { code: `Digit${character}`, virtualKey: character.charCodeAt(0), shift: false };
	if (/[A-Za-z]/.test(character)) {
		const capital = character.toUpperCase();
		return { code: `Key${capital}`, virtualKey: capital.charCodeAt(0), shift: character === capital };
	}
	const other = others[character];
	if (other === undefined) throw new Error(`This scanner has no key for "${character}".`);
	return { code: other[0], virtualKey: other[1], shift: other[2] };
}

/** How fast hands type; what is faster is a scanner. */
export const handSpeed = { delay: 80 };

/**
 * Presses the keys of a code as a USB scanner does: through the browser's own input, about a millisecond apart, Shift for capitals, Enter
 * at the end. All are sent before the first is answered, so a slow page can't stretch them.
 */
export async function scanKeys(session: CDPSession, code: string): Promise<void> {
	const sent: Promise<unknown>[] = [];
	// The system stamps each key when the scanner sends it, however late a busy browser comes to look at it.
	let at = Date.now() / 1000;
	const send = (type: 'rawKeyDown' | 'keyDown' | 'keyUp', event: { readonly [name: string]: unknown }) => {
		at += 0.001;
		sent.push(session.send('Input.dispatchKeyEvent', { type, timestamp: at, ...event }));
	};
	const shiftKey = { key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16 };
	for (const character of code) {
		const { code: place, virtualKey, shift } = keyOf(character);
		const modifiers = shift ? 8 : 0;
		const event = { key: character, code: place, windowsVirtualKeyCode: virtualKey, modifiers };
		if (shift) send('rawKeyDown', { ...shiftKey, modifiers });
		send('keyDown', { ...event, text: character });
		send('keyUp', event);
		if (shift) send('keyUp', { ...shiftKey, modifiers: 0 });
	}
	const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
	send('keyDown', { ...enter, text: '\r' });
	send('keyUp', enter);
	await Promise.all(sent);
}
