import type { Bucket, UnitIdentity } from '../schema/stock-position.ts';
import type { Transfer, TransferLine } from '../schema/transfer.ts';
import type { Subject, UnitStep } from './decision.ts';

export function transferOf({ stockDocuments }: Subject, id: string): Transfer | undefined {
	const document = stockDocuments?.get(id);
	return document?.kind === 'transfer' ? document : undefined;
}

/** Units still set aside at the sending site: until it is sent or stopped, what was asked for and is neither picked nor short. */
export function allocatedLeft({ state }: Pick<Transfer, 'state'>, line: TransferLine): number {
	if (state !== 'requested' && state !== 'open') return 0;
	return Math.max(0, line.requested - line.picked - line.short);
}

/** In a hand of the sending site, neither sent nor put back. */
export const inHand = ({ picked, sent }: TransferLine): number => picked - sent;

export function transferStep(
	sku: string,
	quantity: number,
	from: Bucket,
	to: Bucket,
	{ lot, expiresOn, serials }: UnitIdentity = {},
): UnitStep {
	return {
		lineId: '',
		sku,
		quantity,
		count: null,
		bucket: { from, to },
		putBack: 0,
		...(lot === undefined ? {} : { lot }),
		...(expiresOn === undefined ? {} : { expiresOn }),
		...(serials === undefined ? {} : { serials }),
	};
}

/** What is set aside and not wanted any more can be promised again at the sending site. */
export function releaseSteps(transfer: Transfer): readonly UnitStep[] {
	return transfer.lines.flatMap((line) => {
		const left = allocatedLeft(transfer, line);
		if (left === 0) return [];
		return [{ ...transferStep(line.sku, left, 'allocated', 'available'), siteId: transfer.fromSiteId }];
	});
}
