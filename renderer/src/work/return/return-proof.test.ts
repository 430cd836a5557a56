import { expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { betterProof, proofOf } from './return-proof.ts';

test('a scanned receipt proves more than its typed number, and that more than a name', () => {
	const receipt = { kind: 'order', number: '1042' } as const;
	expect(proofOf({ code: receipt, typed: false })).toBe('receipt_scanned');
	expect(proofOf({ code: receipt, typed: true })).toBe('number_typed');
	expect(proofOf({ code: readScanCode('4006381333931'), typed: false })).toBe('found_by_name');
	expect(betterProof('number_typed', 'receipt_scanned')).toBe('receipt_scanned');
	expect(betterProof('number_typed', 'found_by_name')).toBe('number_typed');
});
