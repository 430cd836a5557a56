import type { OperationOutcome } from '../../shared/protocol/messages.ts';
import type { Shortage } from '../central/routing/reroute-shortage.ts';

/** What became of one operation. */
export type TakenIn =
	| {
			readonly kind: 'outcome';
			readonly outcome: OperationOutcome;
			readonly isNew: boolean;
			readonly type: string;
			/** SKUs of which more is promised by now than is there. */
			readonly shortages?: readonly Shortage[];
			/** SKUs of which more or less can be promised by now. */
			readonly promisable?: readonly Shortage[];
	  }
	/** An operation before this one is missing. */
	| { readonly kind: 'gap'; readonly expectedSeq: number }
	/** The device contradicts its own history. Nothing is applied until a person has looked. */
	| { readonly kind: 'lane_frozen'; readonly reason: string };
