import { resolve } from 'node:path';
import { checkSolution } from '../central/routing/engine/check-solution.ts';
import { faultWords } from '../central/routing/engine/instance-fault.ts';
import { readInstance } from '../central/routing/engine/read-instance.ts';
import { routeBatch } from '../central/routing/engine/route-batch.ts';
import { toSolution } from '../central/routing/engine/solution.ts';
import { startSolverThread } from '../central/routing/engine/solver-thread.ts';
import { RouteFailure, readInstanceFile, writeSolutionFile } from './instance-file.ts';
import { reportLines } from './route-report.ts';

const usage = 'Usage: npm run route -- instance.json[.gz] solution.json [--seconds 10]';

/** Exit codes: 0 all of the instance was routed, 2 something of it was left out, 1 nothing was routed. */
try {
	process.exitCode = await route(readArguments(process.argv.slice(2)));
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	if (process.env.DEBUG) console.error(error);
	process.exitCode = 1;
}

interface Arguments {
	readonly instancePath: string;
	readonly solutionPath: string;
	readonly seconds: number | undefined;
}

function readArguments(all: readonly string[]): Arguments {
	const secondsAt = all.indexOf('--seconds');
	const seconds = secondsAt === -1 ? undefined : Number(all[secondsAt + 1]);
	if (seconds !== undefined && !(seconds > 0 && seconds <= 86_400)) {
		throw new RouteFailure(`--seconds takes a number of seconds above 0, not "${all[secondsAt + 1] ?? ''}".\n${usage}`);
	}
	const paths = secondsAt === -1 ? all : all.toSpliced(secondsAt, 2);
	const [instance, solution, ...more] = paths;
	if (instance === undefined || solution === undefined || more.length > 0) throw new RouteFailure(usage);
	// npm changes into the project; the paths count from where the person stood.
	const from = process.env.INIT_CWD ?? '.';
	const [instancePath, solutionPath] = [resolve(from, instance), resolve(from, solution)];
	if (instancePath === solutionPath)
		throw new RouteFailure('The solution would overwrite the instance. Give it another name.');
	return { instancePath, solutionPath, seconds };
}

async function route({ instancePath, solutionPath, seconds }: Arguments): Promise<number> {
	const began = performance.now();
	const instance = readInstance(readInstanceFile(instancePath));
	if ('fault' in instance) {
		throw new RouteFailure(`${instancePath} can't be routed. ${faultWords(instance.fault)}`);
	}
	const { problem, leftOut } = instance;
	const result = await routeBatch(problem, {
		time: seconds === undefined ? undefined : { aim: seconds, most: seconds },
		nowMs: () => performance.now(),
		loadSolver: startSolverThread,
	});
	const solution = toSolution(problem, result.offers, result.plans);
	const checked = checkSolution(problem, solution);
	if (checked.faults.length > 0) throw new Error(`The engine broke a rule: ${checked.faults[0]}. Nothing was written.`);
	const unfilled = leftOut.map(({ order, sku, units }) => ({ order, sku, qty: units }));
	writeSolutionFile(solutionPath, { ...solution, unfilled: [...solution.unfilled, ...unfilled] });
	for (const line of reportLines({ instance, result, checked, seconds: (performance.now() - began) / 1000 }))
		console.log(line);
	console.log(`Written to ${solutionPath}.`);
	return instance.faults.length > 0 ? 2 : 0;
}
