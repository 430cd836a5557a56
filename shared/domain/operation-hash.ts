import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { OperationEnvelope } from '../schema/operation.ts';

/** JSON with the keys of every object in order (as RFC 8785 sorts them), so that equal values give equal bytes. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
		return `{${members.join(',')}}`;
	}
	return JSON.stringify(value);
}

/** SHA-256 in hexadecimal over everything of an operation but the hash itself. */
export function operationHash(operation: Omit<OperationEnvelope, 'hash'>): string {
	const { hash: _hash, signature: _signature, ...content } = operation as OperationEnvelope;
	return bytesToHex(sha256(utf8ToBytes(canonicalJson(content))));
}

export function sealOperation(operation: Omit<OperationEnvelope, 'hash'>): OperationEnvelope {
	return { ...operation, hash: operationHash(operation) };
}
