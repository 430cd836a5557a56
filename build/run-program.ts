import { type ChildProcess, spawn } from 'node:child_process';
import { projectFolder } from './project.ts';

export type Finished = {
	readonly exitCode: number;
	readonly output: string;
	readonly milliseconds: number;
	readonly timedOut: boolean;
};

export type RunOptions = {
	readonly environment?: NodeJS.ProcessEnv;
	/** Also shows the output while it comes. */
	readonly show?: boolean;
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
	/** Where it runs; the project's folder by default. */
	readonly folder?: string;
};

/** Runs a program in the project's folder to its end and collects what it prints. A missing program is exit code 127. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
	const began = performance.now();
	return new Promise((resolve) => {
		const child: ChildProcess = spawn(program, [...args], {
			cwd: options.folder ?? projectFolder,
			env: { ...process.env, ...options.environment },
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		let output = '';
		let timedOut = false;
		const collect = (bytes: Buffer) => {
			output += bytes.toString('utf8');
			if (options.show) process.stdout.write(bytes);
		};
		child.stdout?.on('data', collect);
		child.stderr?.on('data', collect);
		const timer = setTimeout(
			() => {
				timedOut = true;
				child.kill('SIGKILL');
			},
			options.timeoutMs ?? 2 ** 31 - 1,
		);
		const abort = () => child.kill('SIGTERM');
		options.signal?.addEventListener('abort', abort);
		const finish = (exitCode: number) => {
			clearTimeout(timer);
			options.signal?.removeEventListener('abort', abort);
			resolve({ exitCode, output, milliseconds: performance.now() - began, timedOut });
		};
		child.on('error', (error) => {
			output += error.message;
			finish(127);
		});
		child.on('close', (code) => finish(code ?? 1));
	});
}
