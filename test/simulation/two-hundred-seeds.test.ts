import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, 'simulate.ts');
const run = (args: readonly string[]) =>
	promisify(execFile)(process.execPath, [program, ...args], { maxBuffer: 64 * 1024 * 1024 }).then(
		({ stdout }) => ({ code: 0, stdout }),
		(error: { readonly code: number; readonly stdout: string }) => ({ code: error.code, stdout: error.stdout }),
	);
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

it('in two hundred stories of bad luck nothing is lost and nothing happens twice', { timeout: 1_800_000 }, async () => {
	const { code, stdout } = await run(['--seeds', '200', '--devices', '4', '--sites', '3', '--steps', '40']);
	expect(stdout).not.toContain('FAILED');
	expect(lastLine(stdout)).toMatch(/^200 seeds, none failed; 8000 steps in /);
	expect(code).toBe(0);
});

it('a story that fails ends the command with 1, a line that replays it, and its smallest form', {
	timeout: 600_000,
}, async () => {
	const args = ['--seed', '1', '--devices', '3', '--steps', '12', '--plant', 'skip_position'];
	const { code, stdout } = await run(args);
	expect(code).toBe(1);
	expect(stdout).toContain('npm run sim -- --seed 1 --devices 3 --sites 2 --steps 12 --plant skip_position');
	expect(stdout).toContain('a replica at position p equals the server at p');
	expect(lastLine(stdout)).toMatch(/^1 seeds, 1 FAILED; /);
	const steps = Number(/Its smallest story has (\d+) steps/.exec(stdout)?.[1]);
	expect(steps).toBeLessThan(12);
});

it('an option that is not known is told in words', { timeout: 60_000 }, async () => {
	expect((await run(['--plant', 'nonsense'])).code).toBe(2);
	expect((await run(['--seeds', 'many'])).code).toBe(2);
});
