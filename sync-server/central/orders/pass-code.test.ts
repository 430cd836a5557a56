import { expect, test } from 'vitest';
import { readScanCode, passCode as writePass } from '../../../shared/codes/index.ts';
import { newPassCode } from './pass-code.ts';

test('a pass code has six characters that can be scanned, and is hardly ever given twice', () => {
	const codes = Array.from({ length: 1000 }, newPassCode);
	for (const code of codes) {
		expect(code).toMatch(/^[AC-HJKMNP-RT-Y34679]{6}$/);
		expect(readScanCode(writePass(code))).toEqual({ kind: 'pass', code });
	}
	expect(new Set(codes).size).toBeGreaterThan(990);
});
