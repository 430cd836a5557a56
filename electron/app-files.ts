import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { contentSecurityPolicy } from '../shared/protocol/content-security-policy.ts';

export const appScheme = 'app';
export const appOrigin = 'app://backstock';

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.map': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.wasm': 'application/wasm',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.webp': 'image/webp',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.woff': 'font/woff',
	'.ttf': 'font/ttf',
	'.mp3': 'audio/mpeg',
	'.wav': 'audio/wav',
};

/** The file behind an address of the app, or null for one that is not the app's or would leave its folder. */
export function appFileOf(folder: string, address: string): string | null {
	let url: URL;
	let path: string;
	try {
		url = new URL(address);
		path = decodeURIComponent(url.pathname);
	} catch {
		return null;
	}
	if (url.protocol !== `${appScheme}:` || url.host !== 'backstock') return null;
	if (path.includes('\0') || path.includes('\\')) return null;
	const root = normalize(folder + sep);
	const file = join(root, path === '/' ? 'index.html' : path);
	return file.startsWith(root) ? file : null;
}

/** Answers a request of the page from the app's folder on disk. */
export async function answerFromDisk(
	folder: string,
	request: { readonly method: string; readonly url: string },
): Promise<Response> {
	if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405);
	const file = appFileOf(folder, request.url);
	if (file === null) return refused(403);
	try {
		const bytes = await readFile(file);
		return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { headers: headersOf(file) });
	} catch {
		return refused(404);
	}
}

function headersOf(file: string): Record<string, string> {
	return {
		'content-type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
		'content-security-policy': contentSecurityPolicy,
		'x-content-type-options': 'nosniff',
		'cross-origin-opener-policy': 'same-origin',
		'cache-control': 'no-cache',
	};
}

function refused(status: number): Response {
	return new Response(null, { status, headers: { 'content-security-policy': contentSecurityPolicy } });
}
