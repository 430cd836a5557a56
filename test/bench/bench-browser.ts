import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../build/ensure-chromium.ts';
import type { Workshop } from './workshop.ts';

/** Chromium with a profile on the disk, as on a counter PC: what it stores costs what it costs there. */
export async function openBrowser(workshop: Workshop, name: string): Promise<BrowserContext> {
	const executablePath = findChromium();
	const context = await chromium.launchPersistentContext(join(workshop.folder, `profile-${name}`), {
		headless: true,
		viewport: { width: 1280, height: 720 },
		locale: 'en-US',
		// Exact memory figures instead of rounded ones.
		args: [...chromiumFlags, '--enable-precise-memory-info'],
		...(executablePath === undefined ? {} : { executablePath }),
	});
	workshop.onClose(() => context.close());
	return context;
}
