import type { DeviceCall, DeviceEvents, DeviceReply, ReplicaCall, ReplicaReply } from './bridge-messages.ts';

/** What the shell's preload gives the page as `window.backstock`: one function for each use, and nothing else. */
export interface ShellBridge {
	readonly shell: 'electron';
	/** Calls the device core in the main process. */
	callDevice(call: DeviceCall): Promise<DeviceReply>;
	onDeviceEvents(listener: (events: DeviceEvents) => void): void;
	/** The page holds the replica; the main process asks for it by these calls once the page has said that it listens. */
	onReplicaCall(listener: (call: ReplicaCall) => void): void;
	answerReplicaCall(reply: ReplicaReply): void;
}
