import { adjustReasons } from '../schema/adjust-operation.ts';
import { applied, type Decision, type ExceptionDraft, type Statement } from './decision.ts';
import { mayAdjust } from './stock-limits.ts';

/**
 * Units that somebody writes off, or found. It has happened and is kept; where its author may not adjust as much, a manager is told.
 */
export function decideAdjust({ payload, roles }: Statement<'adjust'>): Decision {
	const { sku, name, quantity, reason, bin, lot, expiresOn, serials, unitPrice } = payload;
	const bucket = adjustReasons[reason];
	const isIn = bucket.to === 'available';
	const step = {
		lineId: '',
		sku,
		quantity,
		count: null,
		bucket,
		putBack: 0,
		...(bin === undefined ? {} : isIn ? { toBin: bin } : { fromBin: bin }),
		...(lot === undefined ? {} : { lot }),
		...(expiresOn === undefined ? {} : { expiresOn }),
		...(serials === undefined ? {} : { serials }),
	};
	const exceptions: readonly ExceptionDraft[] = mayAdjust(roles ?? [], quantity, unitPrice)
		? []
		: [
				{
					exceptionKind: 'adjusted_over_limit',
					priority: 'high',
					sku,
					productName: name,
					quantity,
					adjustReason: reason,
					fact: `${quantity} units of ${sku} were adjusted: ${reason}`,
					plan: 'Its author may not adjust so many without a manager',
				},
			];
	return applied(
		[{ kind: 'adjusted', steps: [step], documents: [], movementReason: `adjusted: ${reason}` }],
		exceptions,
	);
}
