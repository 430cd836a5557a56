import { frameRecord } from './journal-record.ts';
import type { JournalFile } from './ports.ts';

/** Appends records to one file so that each is either wholly on the disk or not there at all. */
export class RecordLog {
	readonly #file: JournalFile;
	#soundBytes: number;
	#tailIsUnsound = false;

	constructor(file: JournalFile, soundBytes: number) {
		this.#file = file;
		this.#soundBytes = soundBytes;
	}

	/** Bytes of whole, flushed records. */
	get size(): number {
		return this.#soundBytes;
	}

	/** Returns when all bodies are on the disk. Throws what the file throws; then none of them counts. Calls must not overlap. */
	async append(bodies: readonly Uint8Array[]): Promise<void> {
		const bytes = joined(bodies.map(frameRecord));
		if (this.#tailIsUnsound) await this.#cutTail();
		try {
			await this.#file.append(bytes);
			await this.#file.flush();
		} catch (error) {
			this.#tailIsUnsound = true;
			// When cutting fails too, the next append tries it again before it writes.
			await this.#cutTail().catch(() => undefined);
			throw error;
		}
		this.#soundBytes += bytes.length;
	}

	async close(): Promise<void> {
		await this.#file.close();
	}

	async #cutTail(): Promise<void> {
		await this.#file.truncate(this.#soundBytes);
		await this.#file.flush();
		this.#tailIsUnsound = false;
	}
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}
