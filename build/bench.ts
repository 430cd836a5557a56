import { runInChromium } from './run-in-chromium.ts';

// Prints one JSON object with all figures, and a line for people about each bench to stderr. It judges nothing.
await runInChromium('test', 'bench', 'run-benches.ts');
