import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { readDependencies } from './dependency-rule.ts';
import { packageProgram, projectFolder } from './project.ts';
import { runProgram } from './run-program.ts';

export type CheckResult = {
	readonly name: string;
	readonly failure: string | undefined;
};

type Check = { readonly name: string; readonly run: () => Promise<string | undefined> };

/** Fewer modules than this means that the dependency rule read the wrong thing. */
const fewestModules = 20;

async function program(name: string, args: readonly string[]): Promise<string | undefined> {
	const finished = await runProgram(packageProgram(name), args);
	return finished.exitCode === 0 ? undefined : finished.output.trim() || `exit code ${finished.exitCode}`;
}

async function dependencyRule(): Promise<string | undefined> {
	const { modulesRead, breaches } = await readDependencies();
	if (modulesRead < fewestModules) return `only ${modulesRead} modules were read`;
	return breaches.length === 0
		? undefined
		: breaches.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`).join('\n');
}

function plan(): readonly Check[] {
	const sides = globSync(
		'{shared,sync-server,electron,build,test,renderer,renderer/src/*/worker,test/bench/pages/worker}/tsconfig.json',
		{
			cwd: projectFolder,
		},
	);
	return [
		...sides
			.map((file) => dirname(file))
			.sort()
			.map((side) => ({ name: `types of ${side}`, run: () => program('tsc', ['-p', side]) })),
		{ name: 'format and lint', run: () => program('biome', ['ci', '.']) },
		{ name: 'who imports whom', run: dependencyRule },
		{ name: 'nothing unused', run: () => program('knip', ['--no-progress', '--no-config-hints']) },
	];
}

/** Runs every check, also after one has failed, as many at once as there are cores, and prints a line for each. */
export async function runChecks(): Promise<readonly CheckResult[]> {
	const left = [...plan()];
	const results: CheckResult[] = [];
	const work = async () => {
		for (let check = left.shift(); check !== undefined; check = left.shift()) results.push(await runCheck(check));
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	return results;
}

async function runCheck({ name, run }: Check): Promise<CheckResult> {
	const began = performance.now();
	const failure = await run().catch((error: unknown) => String(error));
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(`${failure === undefined ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
	if (failure !== undefined) console.log(failure.replace(/^/gm, '  '));
	return { name, failure };
}
