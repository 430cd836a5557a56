import { runInChromium } from './run-in-chromium.ts';

// Kills Chromium, and the server with its PostgreSQL, again and again; prints one line of figures.
await runInChromium('test', 'crash', 'run-crash-rounds.ts');
