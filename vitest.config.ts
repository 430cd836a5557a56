import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const outsideTheTree = ['**/node_modules/**', '**/dist/**', '**/.backstock/**'];

export default defineConfig({
	test: {
		// Left alone it keeps one core for itself: half of a machine with two.
		maxWorkers: availableParallelism(),
		projects: [
			{
				test: {
					name: 'unit',
					environment: 'node',
					// Files share a worker's modules: to load them anew for each took a third of the time.
					isolate: false,
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
