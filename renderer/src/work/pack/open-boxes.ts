import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { ScannedUnit } from './box.ts';

/** What was scanned into the open box of each FO, unit by unit, the last one last. */
interface OpenBoxes {
	readonly scanned: Readonly<Record<string, readonly ScannedUnit[]>>;
}

/** A form half filled, and no more: it outlives a look at another screen and a reload, and is nobody's record. */
export const useOpenBoxes = create<OpenBoxes>()(
	persist((): OpenBoxes => ({ scanned: {} }), {
		name: 'backstock-open-boxes',
		version: 1,
		// Until then a unit was the id of its line.
		migrate: (kept) => ({ scanned: asUnits(kept) }),
		storage: createJSONStorage(() => sessionStorage),
	}),
);

function asUnits(kept: unknown): OpenBoxes['scanned'] {
	const { scanned = {} } = kept as { readonly scanned?: Readonly<Record<string, readonly string[]>> };
	return Object.fromEntries(
		Object.entries(scanned).map(([id, lineIds]) => [id, lineIds.map((lineId) => ({ lineId }))]),
	);
}

const nothing: readonly ScannedUnit[] = [];

export function scannedInto(fulfillmentOrderId: string): readonly ScannedUnit[] {
	return useOpenBoxes.getState().scanned[fulfillmentOrderId] ?? nothing;
}

export function keepScanned(fulfillmentOrderId: string, scanned: readonly ScannedUnit[]): void {
	const { [fulfillmentOrderId]: _before, ...others } = useOpenBoxes.getState().scanned;
	useOpenBoxes.setState({ scanned: scanned.length === 0 ? others : { ...others, [fulfillmentOrderId]: scanned } });
}
