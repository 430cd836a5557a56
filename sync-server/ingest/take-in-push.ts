import type { OperationOutcome } from '../../shared/protocol/messages.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import type { OperationFrame } from './read-frame.ts';
import { type Ingest, takeInOperation } from './take-in-operation.ts';
import type { TakenIn } from './taken-in.ts';

export type TakenInPush =
	| { readonly kind: 'outcomes'; readonly outcomes: readonly OperationOutcome[] }
	| Exclude<TakenIn, { kind: 'outcome' }>
	/** Not this device's operations. */
	| { readonly kind: 'other_lane'; readonly opId: string };

/**
 * Takes a device's operations in, one transaction each, in the order in which they came. Where one can't be taken, the
 * outcomes before it are the answer; alone, it is told why.
 */
export async function takeInPush(
	ingest: Ingest,
	device: Device,
	frames: readonly OperationFrame[],
	observe: (taken: Extract<TakenIn, { kind: 'outcome' }>) => void = () => undefined,
): Promise<TakenInPush> {
	const foreign = frames.find(({ laneId, deviceId }) => laneId !== device.laneId || deviceId !== device.deviceId);
	if (foreign !== undefined) return { kind: 'other_lane', opId: foreign.opId };
	const outcomes: OperationOutcome[] = [];
	for (const frame of frames) {
		const taken = await takeInOperation(ingest, device, frame);
		if (taken.kind !== 'outcome') return outcomes.length > 0 ? { kind: 'outcomes', outcomes } : taken;
		observe(taken);
		outcomes.push(taken.outcome);
	}
	return { kind: 'outcomes', outcomes };
}
