import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** What was scanned into the open box of each FO, one line id for each unit, the last one last. */
interface OpenBoxes {
	readonly scanned: Readonly<Record<string, readonly string[]>>;
}

/** A form half filled, and no more: it outlives a look at another screen and a reload, and is nobody's record. */
export const useOpenBoxes = create<OpenBoxes>()(
	persist((): OpenBoxes => ({ scanned: {} }), {
		name: 'backstock-open-boxes',
		storage: createJSONStorage(() => sessionStorage),
	}),
);

const nothing: readonly string[] = [];

export function scannedInto(fulfillmentOrderId: string): readonly string[] {
	return useOpenBoxes.getState().scanned[fulfillmentOrderId] ?? nothing;
}

export function keepScanned(fulfillmentOrderId: string, scanned: readonly string[]): void {
	const { [fulfillmentOrderId]: _before, ...others } = useOpenBoxes.getState().scanned;
	useOpenBoxes.setState({ scanned: scanned.length === 0 ? others : { ...others, [fulfillmentOrderId]: scanned } });
}
