import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from './project.ts';

const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
	readonly scripts: Readonly<Record<string, string>>;
};

it.each(['README.md', 'CONTRIBUTING.md'])('every command that %s names is there', (file) => {
	const named = readFileSync(join(projectFolder, file), 'utf8').matchAll(/npm run ([a-z-]+)/g);
	const missing = [...named].flatMap(([, name = '']) => (name in scripts ? [] : [name]));
	expect(missing).toEqual([]);
});
