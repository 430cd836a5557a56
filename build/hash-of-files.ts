import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project.ts';

/** A hash of the project's files that these patterns name, tests left out: another one when any of them has changed. */
export function hashOfFiles(patterns: readonly string[]): string {
	const hash = createHash('sha256');
	const files = globSync(patterns, {
		cwd: projectFolder,
		withFileTypes: true,
		exclude: ['**/*.test.ts', '**/*.test.tsx'],
	});
	const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	for (const path of paths.sort()) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
	return hash.digest('hex');
}
