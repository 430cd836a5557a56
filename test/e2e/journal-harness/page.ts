/** Starts the worker and shows its results as text, one case a line. */
const worker = new Worker(
	new URL('../../../renderer/src/device/worker/journal-conformance-worker.ts', import.meta.url),
	{ type: 'module' },
);
worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
	const results = document.createElement('pre');
	results.setAttribute('role', 'status');
	results.textContent = data;
	document.body.append(results);
});
worker.addEventListener('error', (event) => {
	document.body.textContent = `The worker failed: ${event.message}`;
});
