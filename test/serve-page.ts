import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.wasm': 'application/wasm',
};

export interface ServedPage {
	/** `http://localhost:PORT/`: a place in which browsers give out everything that they give to the app. */
	readonly url: string;
	close(): Promise<void>;
}

/** Answers a request itself, or says that it is not its own. */
type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Builds a test's own page as the app is built, and serves it. A development server would reload the page while it finds its packages. */
export async function servePage(source: string, answer: Answer = async () => false): Promise<ServedPage> {
	const folder = await mkdtemp(join(tmpdir(), 'backstock-page-'));
	await build({
		configFile: false,
		root: source,
		logLevel: 'error',
		build: { outDir: folder, emptyOutDir: true, target: 'esnext' },
		worker: { format: 'es' },
	});
	const file = async (name: string, response: ServerResponse) => {
		const bytes = await readFile(join(folder, name)).catch(() => undefined);
		if (bytes === undefined) response.writeHead(404).end();
		else response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' }).end(bytes);
	};
	const server = createServer(async (request, response) => {
		if (await answer(request, response)) return;
		await file(request.url === '/' ? 'index.html' : (request.url ?? '').slice(1), response);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('The page has no address.');
	return {
		url: `http://localhost:${address.port}/`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
			await rm(folder, { recursive: true, force: true });
		},
	};
}
