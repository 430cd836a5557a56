import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const outsideTheTree = ['**/node_modules/**', '**/dist/**', '**/.backstock/**'];

export default defineConfig({
	test: {
		// Left alone it keeps a core for itself, half of a machine with two. Some tests mostly wait: for a disk, a server's start, a clock.
		maxWorkers: availableParallelism() + 1,
		projects: [
			{
				test: {
					name: 'unit',
					environment: 'node',
					include: ['{shared,renderer,electron,sync-server,build,test}/**/*.test.{ts,tsx}'],
					exclude: [...outsideTheTree, '**/*.pg.test.ts', 'test/e2e/**'],
					testTimeout: 30_000,
				},
			},
			{
				test: {
					name: 'pg',
					environment: 'node',
					include: ['{sync-server,build,test}/**/*.pg.test.ts'],
					exclude: [...outsideTheTree, 'test/e2e/**'],
					globalSetup: ['test/postgres-for-tests.ts'],
					testTimeout: 60_000,
					hookTimeout: 60_000,
				},
			},
		],
	},
});
