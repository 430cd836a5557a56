import type { DeviceCall, DeviceEvents, DeviceReply } from '../../../../shared/device/bridge-messages.ts';
import { answerCall, forwardEvents, type ServedDevice } from '../../../../shared/device/device-service.ts';
import { openBrowserDevice } from './open-browser-device.ts';

/**
 * Each tab has this worker; the one that holds the lock has the journal and serves all tabs over the channel.
 *
 *   follower ── the lock is ours ──► opening ── the core is open ──► leader
 *
 * A tab's calls are kept until they are answered, and made again when a new leader announces itself. Each `record` carries its
 * operation's id, so one that the old leader had saved already is not saved twice.
 */
type BetweenTabs = { readonly kind: 'leading' } | DeviceCall | DeviceReply | DeviceEvents;

const channel = new BroadcastChannel('backstock-device');
const unanswered = new Map<string, DeviceCall>();
let device: ServedDevice | null = null;

function toPage(message: DeviceReply | DeviceEvents): void {
	if (message.kind === 'reply' && !unanswered.delete(message.id)) return;
	self.postMessage(message);
}

function toTabs(message: BetweenTabs): void {
	channel.postMessage(message);
}

async function make(call: DeviceCall): Promise<void> {
	if (device === null) toTabs(call);
	else toPage(await answerCall(device, call));
}

self.addEventListener('message', ({ data }: MessageEvent<DeviceCall>) => {
	unanswered.set(data.id, data);
	void make(data);
});

channel.addEventListener('message', ({ data }: MessageEvent<BetweenTabs>) => {
	if (data.kind === 'call') {
		// While this tab is opening the journal nobody answers: the announcement makes the others ask again.
		if (device !== null) void answerCall(device, data).then(toTabs);
	} else if (device !== null) {
		return;
	} else if (data.kind === 'leading') {
		for (const call of unanswered.values()) toTabs(call);
	} else {
		toPage(data);
	}
});

async function lead(isFirst: boolean): Promise<void> {
	const opened = await openBrowserDevice();
	forwardEvents(opened, (events) => {
		toPage(events);
		toTabs(events);
	});
	device = opened;
	for (const call of unanswered.values()) void make(call);
	toTabs({ kind: 'leading' });
	if (!isFirst) await tellEverything(opened);
}

/** The leader before may have died between doing and telling. */
async function tellEverything(opened: ServedDevice): Promise<void> {
	const status = await opened.status();
	const operations = await opened.operations(200);
	const news: DeviceEvents = {
		kind: 'events',
		events: [
			{ kind: 'status', status },
			{ kind: 'operations', operations: operations.toReversed() },
		],
	};
	toPage(news);
	toTabs(news);
}

let hadToWait = true;
void navigator.locks
	.request('backstock-device', { ifAvailable: true }, async (lock) => {
		if (lock === null) return;
		hadToWait = false;
		await lead(true);
		await new Promise(() => undefined);
	})
	.then(async () => {
		if (!hadToWait) return;
		await navigator.locks.request('backstock-device', async () => {
			await lead(false);
			await new Promise(() => undefined);
		});
	});
