import { type OperationType, operationKinds } from '../schema/operation.ts';

/** Turns a payload of one version into one of the next. Pure. What it makes of a payload that fits no version doesn't matter. */
export type Upcaster = (payload: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** A kind of operation with its past: upcasters by the version that they read, each giving the next one. */
export interface VersionedKind {
	readonly version: number;
	readonly upcasters: Readonly<Record<number, Upcaster>>;
}

/**
 * All upcasters, by type and by the version that they read. A kind at version 3 has two: `{ 1: (payload) => …, 2: (payload) => … }`.
 * Operations of every release come in for ever, so an upcaster is never taken out, and a released version never changes.
 */
const upcasters: { readonly [T in OperationType]?: Readonly<Record<number, Upcaster>> } = {
	// Their next versions may name the units by lot or serial number; nobody said before which ones they were.
	pick: { 1: (payload) => payload },
	undo_pick: { 1: (payload) => payload },
	put_back: { 1: (payload) => payload },
	pack: { 1: (payload) => payload },
	// Their second versions may carry a signature and evidence; nobody asked for any before. Their third ones may name units.
	hand_over: { 1: (payload) => payload, 2: (payload) => payload },
	return: { 1: (payload) => payload, 2: (payload) => payload },
	// Its second version may name a product that nobody asked for; before, every transfer was asked for.
	pick_transfer: { 1: (payload) => payload },
	// Its second version may say for which return it was; nobody told that before.
	sell: { 1: (payload) => payload },
	// Before counts were reviewed, every one was posted at once. Its third version may say what the books had of each lot.
	count: { 1: (payload) => ({ ...payload, posts: 'at_once' }), 2: (payload) => payload },
	// Its second version may say of which lot the units are.
	settle_unknown_code: { 1: (payload) => payload },
};

export function versionedKind(type: OperationType): VersionedKind {
	return { version: operationKinds[type].version, upcasters: upcasters[type] ?? {} };
}

/**
 * A payload of version `v` as the kind's own version has it. It still has to be checked against the kind's schema.
 * @returns undefined for what can't have been a payload of that version
 */
export function upcastPayload({ version, upcasters: steps }: VersionedKind, v: number, payload: unknown): unknown {
	if (v === version) return payload;
	if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
	try {
		let current = payload as Readonly<Record<string, unknown>>;
		for (let reads = v; reads < version; reads += 1) {
			const step = steps[reads];
			if (step === undefined) return undefined;
			current = step(current);
		}
		return current;
	} catch {
		return undefined;
	}
}
