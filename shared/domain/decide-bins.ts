import { applied, type Decision, type Statement } from './decision.ts';

/** Goods that somebody laid into another bin. They stay available; only where they lie changes. */
export function decideMoveBetweenBins({ payload }: Statement<'move_between_bins'>): Decision {
	const { sku, quantity, fromBin, toBin, lot, expiresOn, serials } = payload;
	if (fromBin === toBin) return applied([]);
	const step = {
		lineId: '',
		sku,
		quantity,
		count: null,
		bucket: { from: 'available', to: 'available' },
		putBack: 0,
	} as const;
	const identity = {
		...(lot === undefined ? {} : { lot }),
		...(expiresOn === undefined ? {} : { expiresOn }),
		...(serials === undefined ? {} : { serials }),
	};
	return applied([{ kind: 'moved_between_bins', steps: [{ ...step, fromBin, toBin, ...identity }], documents: [] }]);
}
