import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageProgram, projectFolder } from './project.ts';
import { runProgram } from './run-program.ts';

export type DependencyFindings = {
	readonly modulesRead: number;
	readonly breaches: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
};

const ourFolders = ['shared', 'sync-server', 'renderer', 'electron', 'build', 'test'];

/**
 * Holds a tree against the dependency rule.
 * @param tree a folder with our folder names in it; the project itself, or one with a planted breach
 */
export async function readDependencies(tree: string = projectFolder): Promise<DependencyFindings> {
	const present = ourFolders.filter((folder) => existsSync(join(tree, folder)));
	const run = await runProgram(
		packageProgram('depcruise'),
		['--config', join(projectFolder, '.dependency-cruiser.cjs'), '--output-type', 'json', ...present],
		{ folder: tree },
	);
	const start = run.output.indexOf('{');
	if (start < 0) throw new Error(`dependency-cruiser gave no answer:\n${run.output}`);
	const answer = JSON.parse(run.output.slice(start, run.output.lastIndexOf('}') + 1)) as {
		modules: { source: string }[];
		summary: { violations: { rule: { name: string }; from: string; to: string }[] };
	};
	return {
		modulesRead: answer.modules.filter((module) => !module.source.includes('node_modules')).length,
		breaches: answer.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
	};
}
