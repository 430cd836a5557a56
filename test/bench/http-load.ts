import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Workshop } from './workshop.ts';

export interface HttpAnswer {
	readonly status: number;
	readonly bytes: number;
	readonly milliseconds: number;
	readonly body: () => string;
}

/** One connection that is kept open and asks one thing after the other. It does as little as can be: it shares the machine with the server. */
export interface HttpClient {
	get(path: string): Promise<HttpAnswer>;
	post(path: string, body: unknown): Promise<HttpAnswer>;
	close(): void;
}

const headEnd = Buffer.from('\r\n\r\n');

/** A client of the public API. */
export async function openHttpClient(workshop: Workshop, serverUrl: string): Promise<HttpClient> {
	const { hostname, port } = new URL(serverUrl);
	const key = readFileSync(join(workshop.folder, 'api-key'), 'utf8').trim();
	const socket = connect({ host: hostname, port: Number(port), noDelay: true });
	await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
	const ask = (text: string) => exchange(socket, text);
	const head = `Host: ${hostname}:${port}\r\nAuthorization: Bearer ${key}\r\n`;
	return {
		get: (path) => ask(`GET ${path} HTTP/1.1\r\n${head}\r\n`),
		post: (path, body) => {
			const text = JSON.stringify(body);
			const sent = `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
			return ask(`POST ${path} HTTP/1.1\r\n${sent}\r\n${text}`);
		},
		close: () => socket.destroy(),
	};
}

function exchange(socket: Socket, text: string): Promise<HttpAnswer> {
	return new Promise((resolve, reject) => {
		const began = performance.now();
		const parts: Buffer[] = [];
		let received = 0;
		let wanted = Number.POSITIVE_INFINITY;
		let bodyStart = 0;
		let status = 0;
		const done = (error?: Error) => {
			socket.off('data', take);
			socket.off('error', done);
			socket.off('close', closed);
			if (error) return reject(error);
			const milliseconds = performance.now() - began;
			const body = () => Buffer.concat(parts).subarray(bodyStart).toString('utf8');
			resolve({ status, bytes: received - bodyStart, milliseconds, body });
		};
		const closed = () => done(new Error('The server ended the connection.'));
		const take = (bytes: Buffer) => {
			parts.push(bytes);
			received += bytes.length;
			if (status === 0) {
				const all = Buffer.concat(parts);
				const end = all.indexOf(headEnd);
				if (end === -1) return;
				const head = all.subarray(0, end).toString('latin1');
				status = Number(head.slice(9, 12));
				bodyStart = end + headEnd.length;
				wanted = bodyStart + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
			}
			if (received >= wanted) done();
		};
		socket.on('data', take);
		socket.on('error', done);
		socket.on('close', closed);
		socket.write(text);
	});
}
