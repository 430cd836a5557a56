import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type DataFolderClaim =
	| {
			readonly claimed: true;
			/** Tells a second start where this one can be reached. */
			announce(address: string): void;
			release(): Promise<void>;
	  }
	| { readonly claimed: false; readonly processId: number; readonly address: string | undefined };

/**
 * Takes a data folder for this process. The claim is a listening local socket, which the system gives back by itself when
 * the process ends, however it ends: a crash leaves no stale lock behind.
 */
export async function claimDataFolder(dataFolder: string): Promise<DataFolderClaim> {
	const socketPath = claimSocket(dataFolder);
	for (let attempt = 0; attempt < 3; attempt++) {
		let address: string | undefined;
		const open = new Set<Socket>();
		const server = createServer((socket) => {
			open.add(socket);
			socket.on('error', () => undefined).on('close', () => open.delete(socket));
			socket.end(JSON.stringify({ processId: process.pid, address }));
		});
		if (await listening(server, socketPath)) {
			return {
				claimed: true,
				announce: (value) => {
					address = value;
				},
				release: () =>
					new Promise((done) => {
						for (const socket of open) socket.destroy();
						server.close(() => done());
					}),
			};
		}
		const holder = await askHolder(socketPath);
		if (holder !== undefined) return { claimed: false, ...holder };
		// A socket file without a listener is what a crash leaves where sockets are files (macOS).
		if (process.platform === 'darwin') unlinkSync(socketPath);
	}
	throw new Error(`The data folder ${dataFolder} could not be claimed: another start is just ending. Try again.`);
}

/** Who runs on this data folder now, if anybody. */
export function findRunning(
	dataFolder: string,
): Promise<{ readonly processId: number; readonly address: string | undefined } | undefined> {
	return askHolder(claimSocket(dataFolder));
}

function claimSocket(dataFolder: string): string {
	const name = `backstock-${createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 24)}`;
	if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
	// Linux keeps names that begin with a zero byte in memory only; elsewhere the socket is a file.
	return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

function listening(server: Server, socketPath: string): Promise<boolean> {
	return new Promise((done, failed) => {
		server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(false) : failed(error)));
		server.listen(socketPath, () => {
			server.unref();
			done(true);
		});
	});
}

function askHolder(socketPath: string): Promise<{ processId: number; address: string | undefined } | undefined> {
	return new Promise((done) => {
		let answer = '';
		const socket = connect(socketPath);
		socket.setTimeout(2000, () => socket.destroy());
		socket.on('data', (bytes) => {
			answer += bytes.toString('utf8');
		});
		socket.on('error', () => undefined);
		socket.on('close', () => {
			try {
				const { processId, address } = JSON.parse(answer) as { processId: number; address?: string };
				done({ processId, address });
			} catch {
				done(undefined);
			}
		});
	});
}
