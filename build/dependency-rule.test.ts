import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readDependencies } from './dependency-rule.ts';

const planted = mkdtempSync(join(tmpdir(), 'backstock-breach-'));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

function plant(file: string, imported: string): void {
	const path = join(planted, file);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, `import { thing } from '${imported}';\nexport const other: string = thing;\n`);
}

test('each kind of forbidden import is found where it is planted', async () => {
	for (const file of [
		'shared/a.ts',
		'renderer/a.ts',
		'electron/a.ts',
		'sync-server/a.ts',
		'sync-server/database/a.ts',
	]) {
		const path = join(planted, file);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, "export const thing: string = 'thing';\n");
	}
	plant('shared/domain/breach.ts', '../../sync-server/a.ts');
	plant('renderer/src/breach.ts', '../../electron/a.ts');
	plant('electron/breach.ts', '../renderer/a.ts');
	plant('sync-server/breach.ts', '../renderer/a.ts');
	plant('sync-server/http/breach.ts', '../database/a.ts');
	plant('renderer/src/work/pick/breach.ts', '../pack/part.ts');
	plant('renderer/src/work/pack/part.ts', '../../../a.ts');
	plant('shared/circle-a.ts', './circle-b.ts');
	plant('shared/circle-b.ts', './circle-a.ts');

	const { breaches } = await readDependencies(planted);
	expect([...new Set(breaches.map(({ rule, from }) => `${rule}: ${from}`))].sort()).toEqual([
		'electron-stays-on-its-side: electron/breach.ts',
		'no-cycles: shared/circle-a.ts',
		'renderer-stays-on-its-side: renderer/src/breach.ts',
		'routes-go-through-services: sync-server/http/breach.ts',
		'shared-stays-on-its-side: shared/domain/breach.ts',
		'sync-server-stays-on-its-side: sync-server/breach.ts',
		'workflows-do-not-know-each-other: renderer/src/work/pick/breach.ts',
	]);
}, 60_000);

test('the rule reads the whole project, not an empty list', async () => {
	expect((await readDependencies()).modulesRead).toBeGreaterThan(20);
}, 60_000);
