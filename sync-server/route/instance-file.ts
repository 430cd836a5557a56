import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Solution } from '../central/routing/engine/solution.ts';

/** Why the command can't do its work, in words for the one who called it. */
export class RouteFailure extends Error {}

const largestFileBytes = 200_000_000;

export function readInstanceFile(path: string): Uint8Array {
	try {
		const { size } = statSync(path);
		if (size > largestFileBytes) throw new RouteFailure(`${path} is larger than ${largestFileBytes / 1_000_000} MB.`);
		return readFileSync(path);
	} catch (error) {
		if (error instanceof RouteFailure) throw error;
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') throw new RouteFailure(`There is no file ${path}.`);
		if (code === 'EISDIR') throw new RouteFailure(`${path} is a folder, not a file.`);
		if (code === 'EACCES' || code === 'EPERM') throw new RouteFailure(`${path} may not be read by you.`);
		throw new RouteFailure(`${path} can't be read: ${message}`);
	}
}

/** As JSON, packed where the name ends with `.gz`. */
export function writeSolutionFile(path: string, solution: Solution): void {
	const text = `${JSON.stringify(solution)}\n`;
	try {
		writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') throw new RouteFailure(`There is no folder for ${path}.`);
		if (code === 'EISDIR') throw new RouteFailure(`${path} is a folder, not a file.`);
		if (code === 'EACCES' || code === 'EPERM') throw new RouteFailure(`${path} may not be written by you.`);
		throw new RouteFailure(`${path} can't be written: ${message}`);
	}
}
