import type { DecodedCode, FrameDecoder } from './frame-decoder.ts';
import type { DecodeReply, DecodeRequest } from './worker/decoder-messages.ts';

/** The port FrameDecoder over a worker, so that decoding never delays a key or a frame of the screen. */
export function openWorkerDecoder(): Omit<FrameDecoder, 'name'> {
	const worker = new Worker(new URL('./worker/decoder-worker.ts', import.meta.url), { type: 'module' });
	const waiting = new Map<number, PromiseWithResolvers<readonly DecodedCode[]>>();
	let lastId = 0;

	const failAll = (error: Error): void => {
		for (const each of waiting.values()) each.reject(error);
		waiting.clear();
	};
	worker.addEventListener('message', ({ data }: MessageEvent<DecodeReply>) => {
		const reply = waiting.get(data.id);
		waiting.delete(data.id);
		if (data.kind === 'decoded') reply?.resolve(data.codes);
		else reply?.reject(new Error(data.error));
	});
	worker.addEventListener('error', (event) => failAll(new Error(event.message)));

	return {
		decode: (frame) => {
			const id = ++lastId;
			const reply = Promise.withResolvers<readonly DecodedCode[]>();
			waiting.set(id, reply);
			worker.postMessage({ id, frame } satisfies DecodeRequest, [frame.data.buffer]);
			return reply.promise;
		},
		close: () => {
			worker.terminate();
			failAll(new Error('the decoder was closed'));
		},
	};
}
