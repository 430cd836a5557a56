import { Crc32c } from '@aws-crypto/crc32c';

/**
 * One record on the disk: `[magic 4 | length 4 | crc32c 4 | body]`, numbers big-endian, the checksum over length and body.
 * The magic's first byte never occurs in UTF-8, so a search for it can't stop inside a body.
 */
const magic = Uint8Array.of(0xff, 0x42, 0x53, 0x4a);
export const recordHeaderBytes = 12;
export const maxRecordBodyBytes = 8 * 1024 * 1024;

/** The records of one file in order, with what lies between and after them that is none. Offsets are in bytes. */
export interface ReadRecords {
	readonly records: readonly { readonly offset: number; readonly body: Uint8Array }[];
	/** Damage that is followed by a good record. */
	readonly damaged: readonly { readonly offset: number; readonly bytes: number }[];
	/** Where the good part ends; anything beyond is a torn tail. */
	readonly soundBytes: number;
}

/** A body with its frame. Throws a RangeError on one that is too large. */
export function frameRecord(body: Uint8Array): Uint8Array {
	if (body.length > maxRecordBodyBytes) throw new RangeError(`a record of ${body.length} bytes is too large`);
	const framed = new Uint8Array(recordHeaderBytes + body.length);
	const view = new DataView(framed.buffer);
	framed.set(magic);
	view.setUint32(4, body.length);
	framed.set(body, recordHeaderBytes);
	view.setUint32(8, checksum(framed, 0, body.length));
	return framed;
}

/** Reads as many records as can be found; never throws. */
export function readRecords(bytes: Uint8Array): ReadRecords {
	const records: { offset: number; body: Uint8Array }[] = [];
	const damaged: { offset: number; bytes: number }[] = [];
	let sound = 0;
	let offset = 0;
	while (offset < bytes.length) {
		const body = bodyAt(bytes, offset);
		if (body === null) {
			offset = nextMagic(bytes, offset + 1);
			continue;
		}
		if (offset > sound) damaged.push({ offset: sound, bytes: offset - sound });
		records.push({ offset, body });
		offset += recordHeaderBytes + body.length;
		sound = offset;
	}
	return { records, damaged, soundBytes: sound };
}

function bodyAt(bytes: Uint8Array, offset: number): Uint8Array | null {
	if (offset + recordHeaderBytes > bytes.length) return null;
	if (magic.some((byte, index) => bytes[offset + index] !== byte)) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset + offset, recordHeaderBytes);
	const length = view.getUint32(4);
	if (length > maxRecordBodyBytes || offset + recordHeaderBytes + length > bytes.length) return null;
	if (view.getUint32(8) !== checksum(bytes, offset, length)) return null;
	return bytes.subarray(offset + recordHeaderBytes, offset + recordHeaderBytes + length);
}

function checksum(bytes: Uint8Array, offset: number, length: number): number {
	const body = offset + recordHeaderBytes;
	return new Crc32c()
		.update(bytes.subarray(offset + 4, offset + 8))
		.update(bytes.subarray(body, body + length))
		.digest();
}

function nextMagic(bytes: Uint8Array, from: number): number {
	const next = bytes.indexOf(magic[0] ?? 0, from);
	return next === -1 ? bytes.length : next;
}
