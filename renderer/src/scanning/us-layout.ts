const shiftedDigits = [')', '!', '@', '#', '$', '%', '^', '&', '*', '('];

const others: Readonly<Record<string, readonly [string, string]>> = {
	Minus: ['-', '_'],
	Equal: ['=', '+'],
	BracketLeft: ['[', '{'],
	BracketRight: [']', '}'],
	Backslash: ['\\', '|'],
	Semicolon: [';', ':'],
	Quote: ["'", '"'],
	Backquote: ['`', '~'],
	Comma: [',', '<'],
	Period: ['.', '>'],
	Slash: ['/', '?'],
	Space: [' ', ' '],
	NumpadDecimal: ['.', '.'],
	NumpadAdd: ['+', '+'],
	NumpadSubtract: ['-', '-'],
	NumpadMultiply: ['*', '*'],
	NumpadDivide: ['/', '/'],
};

/**
 * The character that a physical key (`KeyboardEvent.code`) carries on a US keyboard, which is what a scanner pretends to be; undefined for
 * keys that carry none. The computer's own layout and Caps Lock play no part.
 */
export function usCharacter(code: string, shift: boolean): string | undefined {
	if (/^Key[A-Z]$/.test(code)) return shift ? code.charAt(3) : code.charAt(3).toLowerCase();
	if (/^Digit[0-9]$/.test(code)) return shift ? shiftedDigits[Number(code.charAt(5))] : code.charAt(5);
	if (/^Numpad[0-9]$/.test(code)) return code.charAt(6);
	return others[code]?.[shift ? 1 : 0];
}
