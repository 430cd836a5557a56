import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { openFrameDecoder } from '../open-frame-decoder.ts';
import type { DecodeReply, DecodeRequest } from './decoder-messages.ts';

const opened = openFrameDecoder(wasmAddress);

addEventListener('message', async ({ data: { id, frame } }: MessageEvent<DecodeRequest>) => {
	const decoder = await opened;
	const reply = await decoder
		.decode(frame)
		.then((codes): DecodeReply => ({ kind: 'decoded', id, decoder: decoder.name, codes }))
		.catch((error): DecodeReply => ({ kind: 'failed', id, decoder: decoder.name, error: String(error) }));
	postMessage(reply);
});
