import type { Symbology } from '../../../shared/codes/index.ts';
import type { DecodedCode, FrameDecoder } from './frame-decoder.ts';

export type CameraFailure =
	| 'no_camera_here'
	| 'permission_denied'
	| 'no_camera_found'
	| 'camera_in_use'
	| 'camera_lost';

export type CameraStart =
	| { readonly kind: 'started'; readonly stop: () => void }
	| { readonly kind: 'failed'; readonly reason: CameraFailure };

export interface CameraOptions {
	readonly video: HTMLVideoElement;
	readonly decoder: Pick<FrameDecoder, 'decode'>;
	readonly found: (text: string, symbology: Symbology) => void;
	/** The camera stopped by itself: unplugged, or taken away. It has been stopped here as well. */
	readonly lost: (reason: CameraFailure) => void;
	/** Milliseconds on any clock that only grows. */
	readonly clock?: () => number;
}

/** A code that stays before the camera counts once in this time. For the camera only: a hand scanner's second pull is a second unit. */
export const cameraCooldownMs = 1_500;

const maxFrameWidth = 1_280;
const frameGapMs = 60;

/** Lets a code through unless it has been in the picture within the cooldown; staying there prolongs it. */
export function createCooldown(cooldownMs: number = cameraCooldownMs): (text: string, nowMs: number) => boolean {
	const lastSeen = new Map<string, number>();
	return (text, nowMs) => {
		for (const [each, seenAt] of lastSeen) if (nowMs - seenAt >= cooldownMs) lastSeen.delete(each);
		const isNew = !lastSeen.has(text);
		lastSeen.set(text, nowMs);
		return isNew;
	};
}

/** What an exception of getUserMedia means to the person who asked for the camera. */
export function cameraFailure(error: unknown): CameraFailure {
	const name = error instanceof Error || error instanceof DOMException ? error.name : '';
	if (name === 'NotAllowedError' || name === 'SecurityError') return 'permission_denied';
	if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no_camera_found';
	return name === 'NotReadableError' || name === 'AbortError' ? 'camera_in_use' : 'no_camera_here';
}

/** Shows the camera in `video` and reports each code that comes into the picture, until it is stopped. */
export async function startCamera(options: CameraOptions): Promise<CameraStart> {
	const { video, decoder, found, lost, clock = () => performance.now() } = options;
	// Absent in a page that is not secure, whatever the type says.
	const devices: MediaDevices | undefined = navigator.mediaDevices;
	if (devices === undefined) return { kind: 'failed', reason: 'no_camera_here' };
	let stream: MediaStream;
	try {
		const size = { width: { ideal: maxFrameWidth }, height: { ideal: 720 } };
		stream = await devices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, ...size } });
	} catch (error) {
		return { kind: 'failed', reason: cameraFailure(error) };
	}
	const isNew = createCooldown();
	const canvas = document.createElement('canvas');
	let isRunning = true;
	let timer: number | undefined;

	const stop = (): void => {
		isRunning = false;
		window.clearTimeout(timer);
		for (const track of stream.getTracks()) track.stop();
		video.srcObject = null;
	};
	const look = async (): Promise<void> => {
		const codes = await decodeVideo(video, canvas, decoder);
		if (!isRunning) return;
		for (const { text, symbology } of codes) if (isNew(text, clock())) found(text, symbology);
		timer = window.setTimeout(look, frameGapMs);
	};

	for (const track of stream.getVideoTracks())
		track.addEventListener('ended', () => {
			if (!isRunning) return;
			stop();
			lost('camera_lost');
		});
	video.srcObject = stream;
	video.muted = true;
	video.playsInline = true;
	try {
		await video.play();
	} catch (error) {
		stop();
		return { kind: 'failed', reason: cameraFailure(error) };
	}
	void look();
	return { kind: 'started', stop };
}

async function decodeVideo(
	video: HTMLVideoElement,
	canvas: HTMLCanvasElement,
	decoder: Pick<FrameDecoder, 'decode'>,
): Promise<readonly DecodedCode[]> {
	const { videoWidth, videoHeight } = video;
	if (videoWidth === 0 || videoHeight === 0) return [];
	const scale = Math.min(1, maxFrameWidth / videoWidth);
	canvas.width = Math.round(videoWidth * scale);
	canvas.height = Math.round(videoHeight * scale);
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (context === null) return [];
	context.drawImage(video, 0, 0, canvas.width, canvas.height);
	const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
	try {
		return await decoder.decode({ data: new Uint8ClampedArray(data), width, height });
	} catch {
		// One bad frame is nothing: the next one comes at once.
		return [];
	}
}
