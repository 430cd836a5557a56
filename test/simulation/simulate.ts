import { fork } from 'node:child_process';
import { addFigures, noFigures, type SeedsResult } from './seeds-result.ts';
import { readStoryCommand, replayLine, type StoryCommand, usage } from './story-command.ts';
import { invariants } from './violation.ts';

/** One of several processes that share the seeds: every `workers`-th from its own number on. */
interface Share {
	readonly command: StoryCommand;
	readonly worker: number;
}

async function runShare({ command, worker }: Share): Promise<SeedsResult> {
	// Only who tells stories loads central and PostgreSQL.
	const { runSeeds } = await import('./run-seeds.ts');
	const { from, seeds, workers, shape, plant, shrink, isTold } = command;
	const all = Array.from({ length: seeds }, (_, index) => from + index);
	return runSeeds({
		seeds: all.filter((_, index) => index % workers === worker),
		shape,
		plant,
		shrink,
		told: (seed, { story, traceHash, violation }) => {
			if (isTold) console.log(`${story.join('\n')}\nseed ${seed}, trace ${traceHash}`);
			if (violation !== null) console.log(`${replayLine(seed, command)}   breaks: ${invariants[violation.invariant]}`);
		},
	});
}

/** A child process of this same file, told its share by a message. */
function runElsewhere(share: Share): Promise<SeedsResult> {
	return new Promise((resolve, reject) => {
		const child = fork(import.meta.filename, ['--share'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
		child.once('message', (result) => resolve(result as SeedsResult));
		child.once('exit', (code) => reject(new Error(`A worker ended with ${code} and told nothing.`)));
		child.send(share);
	});
}

function report(command: StoryCommand, results: readonly SeedsResult[]): boolean {
	const failures = results.flatMap((result) => result.failures);
	for (const { seed, invariant, message, story, steps } of failures) {
		console.log(`\nSeed ${seed} breaks "${invariants[invariant]}": ${message}`);
		console.log(`Its smallest story has ${steps} steps:\n  ${story.join('\n  ')}`);
		console.log(replayLine(seed, command));
	}
	const figures = results.map((result) => result.figures).reduce(addFigures, noFigures);
	const seeds = results.reduce((sum, result) => sum + result.seeds, 0);
	const seconds = Math.max(...results.map(({ milliseconds }) => milliseconds)) / 1000;
	const { steps, ...others } = figures;
	const rest = Object.entries(others).map(([name, count]) => `${count} ${words[name] ?? name}`);
	const verdict = failures.length === 0 ? 'none failed' : `${failures.length} FAILED`;
	console.log(
		`${seeds} seeds, ${verdict}; ${steps} steps in ${seconds.toFixed(1)} s (${Math.round(steps / seconds)} steps/s); ${rest.join(', ')}`,
	);
	return failures.length === 0;
}

const words: Readonly<Record<string, string>> = { powerCuts: 'power cuts', crashes: 'crashes of central' };

async function main(): Promise<void> {
	let command: StoryCommand;
	try {
		command = readStoryCommand(process.argv.slice(2));
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
		process.exit(2);
	}
	const shares = Array.from({ length: command.workers }, (_, worker): Share => ({ command, worker }));
	const results = await Promise.all(command.workers === 1 ? shares.map(runShare) : shares.map(runElsewhere));
	process.exit(report(command, results) ? 0 : 1);
}

if (process.argv[2] === '--share' && process.send !== undefined) {
	process.once('message', async (share) => {
		process.send?.(await runShare(share as Share), () => process.exit(0));
	});
} else {
	await main();
}
