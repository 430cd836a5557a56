import { runChecks } from './check-plan.ts';

const results = await runChecks();
process.exitCode = results.some((result) => result.failure !== undefined) ? 1 : 0;
