import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameRecord, maxRecordBodyBytes, readRecords } from './journal-record.ts';
import { joined } from './record-log.ts';

const body = fc.uint8Array({ maxLength: 60 });

describe('records', () => {
	it('are read as they were written, even when a body looks like a frame', () => {
		fc.assert(
			fc.property(fc.array(body), (bodies) => {
				const nested = [...bodies, joined(bodies.map(frameRecord))];
				const read = readRecords(joined(nested.map(frameRecord)));
				expect(read.records.map((record) => [...record.body])).toEqual(nested.map((each) => [...each]));
				expect(read.damaged).toEqual([]);
			}),
		);
	});

	it('lose only what a flipped bit touches', () => {
		fc.assert(
			fc.property(
				fc.array(body, { minLength: 1, maxLength: 8 }),
				fc.nat(),
				fc.integer({ min: 0, max: 7 }),
				(bodies, at, bit) => {
					const frames = bodies.map(frameRecord);
					const bytes = joined(frames);
					const touched = at % bytes.length;
					bytes[touched] = (bytes[touched] ?? 0) ^ (1 << bit);
					let offset = 0;
					const whole = frames.flatMap((frame, index) => {
						const isHit = touched >= offset && touched < offset + frame.length;
						offset += frame.length;
						return isHit ? [] : [[...(bodies[index] ?? [])]];
					});
					expect(readRecords(bytes).records.map((record) => [...record.body])).toEqual(whole);
				},
			),
		);
	});

	it('are found in any bytes without a fault', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readRecords(bytes)));
	});

	it('have a largest size', () => {
		expect(() => frameRecord(new Uint8Array(maxRecordBodyBytes + 1))).toThrow(RangeError);
	});
});
