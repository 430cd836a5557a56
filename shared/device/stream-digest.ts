import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { FeedDigest } from '../protocol/messages.ts';
import type { CollectionName } from '../schema/documents.ts';

export type CollectionSums = FeedDigest['collections'];

/** Adds up the documents of one stream as central does: count, and XOR of the first 8 bytes of SHA-256 over `<id> <position>`. */
export class DigestSum {
	readonly #sums = new Map<CollectionName, { count: number; high: number; low: number }>();

	add(collection: CollectionName, id: string, position: number): void {
		const { buffer, byteOffset } = sha256(utf8ToBytes(`${id} ${position}`));
		const hash = new DataView(buffer, byteOffset);
		const sum = this.#sums.get(collection) ?? { count: 0, high: 0, low: 0 };
		sum.count += 1;
		sum.high ^= hash.getUint32(0);
		sum.low ^= hash.getUint32(4);
		this.#sums.set(collection, sum);
	}

	collections(): CollectionSums {
		return [...this.#sums].map(([collection, { count, high, low }]) => ({
			collection,
			count,
			sum: hex(high) + hex(low),
		}));
	}
}

/** Whether both hold the same documents at the same positions; an empty collection may be left out. */
export function isSameDigest(one: CollectionSums, other: CollectionSums): boolean {
	const text = (sums: CollectionSums) =>
		sums
			.filter(({ count }) => count > 0)
			.map(({ collection, count, sum }) => `${collection} ${count} ${sum}`)
			.sort()
			.join();
	return text(one) === text(other);
}

function hex(word: number): string {
	return (word >>> 0).toString(16).padStart(8, '0');
}
