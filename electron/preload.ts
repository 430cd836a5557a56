import { contextBridge, ipcRenderer } from 'electron';
import type { ShellBridge } from '../shared/device/shell-bridge.ts';
import { channels } from './device-channels.ts';

const bridge: ShellBridge = {
	shell: 'electron',
	callDevice: (call) => ipcRenderer.invoke(channels.call, call),
	onDeviceEvents: (listener) => void ipcRenderer.on(channels.events, (_, events) => listener(events)),
	onReplicaCall: (listener) => {
		ipcRenderer.on(channels.replicaCall, (_, call) => listener(call));
		ipcRenderer.send(channels.replicaReady);
	},
	answerReplicaCall: (reply) => ipcRenderer.send(channels.replicaReply, reply),
};

contextBridge.exposeInMainWorld('backstock', bridge);
