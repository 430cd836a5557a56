import { Journal } from '../../shared/device/journal.ts';
import { encodeEntry } from '../../shared/device/journal-entries.ts';
import { frameRecord } from '../../shared/device/journal-record.ts';
import type { JournalFolder } from '../../shared/device/ports.ts';
import { sampleOperation } from '../../shared/device/sample-operation.ts';

const warmUp = 50;

/** Milliseconds of each append: sealed (SHA-256), framed, appended and flushed. */
export async function timeJournal(folder: JournalFolder, count: number): Promise<readonly number[]> {
	const journal = await Journal.open({ folder, laneId: 'lane-1', start: { seq: 0, hash: '' } });
	const times: number[] = [];
	for (let number = 0; number < warmUp + count; number += 1) {
		const began = performance.now();
		await journal.append(sampleOperation(number));
		if (number >= warmUp) times.push(performance.now() - began);
	}
	await journal.close();
	return times;
}

/** The floor under it: records that are ready are appended to one file and flushed. */
export async function timeBareAppends(folder: JournalFolder, count: number): Promise<readonly number[]> {
	const file = await folder.open('bare.log');
	const record = frameRecord(encodeEntry({ kind: 'operation', operation: sampleOperation(1)({ seq: 0, hash: '' }) }));
	const times: number[] = [];
	for (let number = 0; number < warmUp + count; number += 1) {
		const began = performance.now();
		await file.append(record);
		await file.flush();
		if (number >= warmUp) times.push(performance.now() - began);
	}
	await file.close();
	return times;
}
