import { Journal } from './journal.ts';
import { decodeEntry } from './journal-entries.ts';
import { readRecords } from './journal-record.ts';
import type { JournalFile, JournalFolder } from './ports.ts';
import { sampleOperation } from './sample-operation.ts';

/** What every adapter of `JournalFolder` must do. It runs wherever the adapter does: in Node, and in a worker of a browser. */
export interface ConformanceCase {
	readonly name: string;
	/** Throws when the promise of the name is broken. `folder` gives a new view of the same, at first empty, folder. */
	run(folder: () => Promise<JournalFolder>): Promise<void>;
}

export const journalConformance: readonly ConformanceCase[] = [
	{
		name: 'a new file is empty and is listed',
		run: async (folder) => {
			const here = await folder();
			const file = await here.open('a.log');
			equal(await file.size(), 0);
			await file.close();
			equal(await here.list(), ['a.log']);
		},
	},
	{
		name: 'what was appended is read back, before and after the flush, from any offset',
		run: async (folder) => {
			const file = await (await folder()).open('a.log');
			await file.append(bytes(1, 2, 3));
			await file.append(bytes(4, 5));
			equal([...(await file.read(0, 5))], [1, 2, 3, 4, 5]);
			await file.flush();
			equal([...(await file.read(2, 2))], [3, 4]);
			equal(await file.size(), 5);
			await file.close();
		},
	},
	{
		name: 'reading beyond the end gives what there is',
		run: async (folder) => {
			const file = await (await folder()).open('a.log');
			await file.append(bytes(1, 2));
			equal([...(await file.read(1, 100))], [2]);
			equal([...(await file.read(50, 10))], []);
			await file.close();
		},
	},
	{
		name: 'an opened file goes on at its end, and keeps what it held',
		run: async (folder) => {
			const first = await (await folder()).open('a.log');
			await first.append(bytes(1, 2));
			await closed(first);
			const second = await (await folder()).open('a.log');
			await second.append(bytes(3));
			await closed(second);
			equal([...(await (await folder()).read('a.log'))], [1, 2, 3]);
		},
	},
	{
		name: 'a cut file goes on where it was cut',
		run: async (folder) => {
			const file = await (await folder()).open('a.log');
			await file.append(bytes(1, 2, 3, 4));
			await file.truncate(2);
			equal(await file.size(), 2);
			await file.append(bytes(9));
			await closed(file);
			equal([...(await (await folder()).read('a.log'))], [1, 2, 9]);
		},
	},
	{
		name: 'an open file can be read and copied as a whole',
		run: async (folder) => {
			const here = await folder();
			const file = await here.open('a.log');
			await file.append(bytes(1, 2, 3));
			equal([...(await here.read('a.log'))], [1, 2, 3]);
			await here.copy('a.log', 'a.log.copy');
			await file.append(bytes(4));
			await closed(file);
			equal([...(await here.read('a.log.copy'))], [1, 2, 3]);
			equal([...(await here.list())].sort(), ['a.log', 'a.log.copy']);
		},
	},
	{
		name: 'a removed file is gone and its name is free, and removing what is not there is no error',
		run: async (folder) => {
			const here = await folder();
			const file = await here.open('a.log');
			await file.append(bytes(1, 2, 3));
			await closed(file);
			await here.remove('a.log');
			await here.remove('never.log');
			equal(await (await folder()).list(), []);
			const again = await (await folder()).open('a.log');
			equal(await again.size(), 0);
			await again.close();
		},
	},
	{
		name: 'a large append arrives whole',
		run: async (folder) => {
			const large = new Uint8Array(3_000_000).map((_, index) => index % 251);
			const file = await (await folder()).open('a.log');
			await file.append(large);
			await closed(file);
			const found = await (await folder()).read('a.log');
			equal(found.length, large.length);
			equal(
				found.every((byte, index) => byte === index % 251),
				true,
			);
		},
	},
	{
		name: 'in bursts of concurrent records, each is flushed before it is called saved',
		run: async (folder) => {
			const trace: string[] = [];
			const journal = await Journal.open({
				folder: tracedFolder(await folder(), trace),
				laneId: 'lane-1',
				start: { seq: 0, hash: '' },
				segmentBytes: 8000,
			});
			for (const size of [1, 7, 1, 23, 3]) {
				const before = journal.end.seq;
				const burst = Array.from({ length: size }, async (_, index) => {
					await Promise.resolve(index % 3 === 0 ? null : Promise.resolve());
					const { seq } = await journal.append(sampleOperation(before + index + 1));
					trace.push(`saved ${seq}`);
				});
				await Promise.all(burst);
			}
			await journal.close();
			for (let seq = 1; seq <= 35; seq++) {
				const saved = trace.indexOf(`saved ${seq}`);
				const appended = trace.findIndex((line) => line.startsWith('append ') && line.includes(`,${seq},`));
				const file = trace[appended]?.split(' ')[1] ?? '';
				const flushed = trace.indexOf(`flushed ${file}`, appended);
				if (!(0 <= appended && appended < flushed && flushed < saved)) {
					throw new Error(`operation ${seq} was called saved before its flush: ${trace.join('; ')}`);
				}
			}
		},
	},
	{
		name: 'a journal of several segments is recovered, and a torn tail is cut and kept aside',
		run: async (folder) => {
			const options = { laneId: 'lane-1', start: { seq: 0, hash: '' }, segmentBytes: 3000 };
			const journal = await Journal.open({ ...options, folder: await folder() });
			for (let number = 1; number <= 12; number++) await journal.append(sampleOperation(number));
			await journal.close();
			const here = await folder();
			const name = [...(await here.list())].sort().at(-1) ?? '';
			const last = await here.open(name);
			await last.append(bytes(0xff, 0x42, 0x53, 0x4a, 0, 0, 1));
			await closed(last);
			const again = await Journal.open({ ...options, folder: await folder() });
			equal(
				again.from(0, 100).map(({ seq }) => seq),
				Array.from({ length: 12 }, (_, index) => index + 1),
			);
			equal(
				again.recovery.map(({ file, what, bytes: count }) => [file, what, count]),
				[[name, 'torn_tail', 7]],
			);
			equal((await here.list()).includes(again.recovery[0]?.copiedTo ?? ''), true);
			await again.close();
		},
	},
];

/** Writes down each append once it is done, with the numbers of the operations in it, and each flush once it is done. */
function tracedFolder(folder: JournalFolder, trace: string[]): JournalFolder {
	return {
		...folder,
		open: async (name) => {
			const file = await folder.open(name);
			return {
				...file,
				append: async (added) => {
					await file.append(added);
					const entries = readRecords(added).records.map(({ body }) => decodeEntry(body));
					const seqs = entries.map((entry) => (entry?.kind === 'operation' ? entry.operation.seq : ''));
					trace.push(`append ${name} ,${seqs.join(',')},`);
				},
				flush: async () => {
					await file.flush();
					trace.push(`flushed ${name}`);
				},
			};
		},
	};
}

async function closed(file: JournalFile): Promise<void> {
	await file.flush();
	await file.close();
}

function bytes(...values: readonly number[]): Uint8Array {
	return Uint8Array.from(values);
}

function equal(found: unknown, wanted: unknown): void {
	const [here, there] = [JSON.stringify(found), JSON.stringify(wanted)];
	if (here !== there) throw new Error(`found ${here?.slice(0, 500)}, wanted ${there?.slice(0, 500)}`);
}
