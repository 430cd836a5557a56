import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './check-plan.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { packageProgram, projectFolder, words } from './project.ts';
import { buildRenderer } from './renderer-build.ts';
import { runProgram } from './run-program.ts';
import { broken, type Count, countPlaywright, countVitest, lastLine, sum } from './test-count.ts';

const reports = join(projectFolder, 'test-results', 'reports');
const log = (line: string) => console.log(line);

async function checks(): Promise<Count> {
	const results = await runChecks();
	const failed = results.filter((result) => result.failure !== undefined).length;
	return { passed: results.length - failed, failed, skipped: 0 };
}

async function vitest(): Promise<Count> {
	const report = join(reports, 'vitest.json');
	const run = await runProgram(
		packageProgram('vitest'),
		['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
		{ show: true },
	);
	return countVitest(readReport(report), run.exitCode);
}

async function browser(): Promise<Count> {
	const program = await ensureChromium(log);
	await buildRenderer('browser', { log });
	const report = join(reports, 'playwright.json');
	const run = await runProgram(
		packageProgram('playwright'),
		['test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list,json'],
		{ show: true, environment: { BACKSTOCK_CHROMIUM: program, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
	);
	return countPlaywright(readReport(report), run.exitCode);
}

function readReport(file: string): unknown {
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined;
}

/** A stage that breaks is told and counted; the ones after it still run, so that the total is honest. */
async function stage(title: string, run: () => Promise<Count>): Promise<Count> {
	log(`\n── ${title}`);
	try {
		return await run();
	} catch (error) {
		console.error(words(error));
		return broken;
	}
}

const chosen = process.argv.slice(2);
const unknown = chosen.find((option) => option !== '--unit' && option !== '--e2e');
if (unknown !== undefined) {
	console.error(`"${unknown}" is not known here: npm test [-- --unit | --e2e]`);
	process.exit(2);
}
const everything = chosen.length === 0;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const counts: Count[] = [];
if (everything) counts.push(await stage('Checks', checks));
if (everything || chosen.includes('--unit')) counts.push(await stage('Tests in Node and PostgreSQL', vitest));
if (everything || chosen.includes('--e2e')) counts.push(await stage('Tests in Chromium', browser));

const total = sum(counts);
log(`\n${lastLine(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
