import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../shared/protocol/content-security-policy.ts';
import { answerFromDisk, appFileOf } from './app-files.ts';
import { isOwnPage, mayUse } from './page-rights.ts';

describe('the app from disk', () => {
	let root = '';
	let folder = '';
	beforeAll(async () => {
		root = await mkdtemp(join(tmpdir(), 'backstock-shell-'));
		folder = join(root, 'renderer');
		await mkdir(join(folder, 'assets'), { recursive: true });
		await writeFile(join(folder, 'index.html'), '<title>Backstock</title>');
		await writeFile(join(folder, 'assets', 'main.js'), 'export {};');
		await writeFile(join(root, 'secret.txt'), 'not the page’s business');
	});
	afterAll(() => rm(root, { recursive: true, force: true }));
	const get = (url: string, method = 'GET') => answerFromDisk(folder, { method, url });

	it('serves the page and its parts with their types and the content security policy', async () => {
		const page = await get('app://backstock/');
		expect(await page.text()).toContain('Backstock');
		expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
		const script = await get('app://backstock/assets/main.js?v=1#x');
		expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
	});

	it('answers 404 to what is not there, 403 to another host, 405 to another method', async () => {
		expect((await get('app://backstock/none.js')).status).toBe(404);
		expect((await get('app://elsewhere/index.html')).status).toBe(403);
		expect((await get('file:///etc/passwd')).status).toBe(403);
		expect((await get('app://backstock/', 'POST')).status).toBe(405);
	});

	it('never leaves its folder', async () => {
		for (const path of [
			'/../secret.txt',
			'/%2e%2e/secret.txt',
			'/%2e%2e%2fsecret.txt',
			'/assets/..%2f..%2fsecret.txt',
			'/..%5csecret.txt',
			'/%00',
		]) {
			const answer = await get(`app://backstock${path}`);
			expect(answer.status, path).toBeGreaterThanOrEqual(400);
			expect(await answer.text()).toBe('');
		}
		const part = fc.constantFrom(
			'..',
			'.',
			'%2e%2e',
			'%2f',
			'/',
			'\\',
			'%5c',
			'assets',
			'secret.txt',
			'%',
			'%00',
			'\u0000',
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
				const file = appFileOf('/srv/app/renderer', `app://backstock/${parts.join('')}`);
				expect(file === null || file.startsWith('/srv/app/renderer/')).toBe(true);
				expect(file ?? '').not.toContain('\0');
			}),
		);
	});
});

describe('what the page may do', () => {
	it('may use the camera, not the microphone and nothing else', () => {
		expect(mayUse('media', 'app://backstock/', ['video'])).toBe(true);
		expect(mayUse('media', 'app://backstock/', ['video', 'audio'])).toBe(false);
		expect(mayUse('media', 'https://elsewhere.example/', ['video'])).toBe(false);
		expect(mayUse('media', undefined, ['video'])).toBe(false);
		for (const permission of ['geolocation', 'notifications', 'hid', 'serial', 'openExternal', 'fullscreen']) {
			expect(mayUse(permission, 'app://backstock/', undefined)).toBe(false);
		}
	});

	it('knows its own page from one that only looks like it', () => {
		expect(isOwnPage('app://backstock/#/pick')).toBe(true);
		expect(isOwnPage('app://backstock.evil.example/')).toBe(false);
		expect(isOwnPage('https://backstock/')).toBe(false);
		expect(isOwnPage(undefined)).toBe(false);
	});
});
