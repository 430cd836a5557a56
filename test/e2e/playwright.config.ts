import { defineConfig } from 'playwright/test';
import { chromiumFlags, findChromium } from '../../build/ensure-chromium.ts';

const executablePath = findChromium();

export default defineConfig({
	testDir: '.',
	testMatch: '**/*.e2e.ts',
	outputDir: '../../test-results/e2e',
	// Each worker has a server of its own; a story waits more than it works.
	workers: 2,
	fullyParallel: false,
	forbidOnly: true,
	retries: 0,
	timeout: 120_000,
	expect: { timeout: 15_000 },
	use: {
		viewport: { width: 1280, height: 720 },
		locale: 'en-US',
		// It takes down every page at every step: who looks for a fault asks for it.
		trace: process.env.BACKSTOCK_TRACE ? 'retain-on-failure' : 'off',
		screenshot: 'only-on-failure',
		launchOptions: { args: [...chromiumFlags], ...(executablePath ? { executablePath } : {}) },
	},
});
