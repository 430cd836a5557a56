import { expect, test } from 'vitest';
import { createVerdictSound } from './verdict-sound.ts';

test('a machine without sound stays silent, and the scan goes on', () => {
	let attempts = 0;
	const play = createVerdictSound(() => {
		attempts++;
		throw new DOMException('no audio device', 'NotSupportedError');
	});
	expect(() => play('right')).not.toThrow();
	expect(() => play('wrong')).not.toThrow();
	expect(attempts).toBe(1);
});
