import type { ScanCode } from '../../../../shared/codes/index.ts';

/** A code at the counter; `typed` when a person's hands entered it. */
export interface CounterScan {
	readonly code: ScanCode;
	readonly text: string;
	readonly typed: boolean;
}
