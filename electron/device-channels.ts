/** The names under which page and main process speak. */
export const channels = {
	call: 'device:call',
	events: 'device:events',
	replicaCall: 'replica:call',
	replicaReply: 'replica:reply',
	replicaReady: 'replica:ready',
} as const;
