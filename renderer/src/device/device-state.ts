import { create } from 'zustand';
import type { DeviceEvent, DeviceStatus, JournaledOperation } from '../../../shared/device/device-client.ts';
import { openDeviceClient } from './open-device-client.ts';

/** How many of the latest operations the screens can list. */
const listedOperations = 500;

interface DeviceState {
	readonly status: DeviceStatus;
	/** Newest first: the latest ones and all that are not in their last state. */
	readonly operations: readonly JournaledOperation[];
}

const starting: DeviceStatus = {
	enrolled: null,
	associates: [],
	signedIn: null,
	connection: { kind: 'starting' },
	waiting: 0,
	serverOffsetMs: null,
	streams: { site: null, shared: null },
	recovery: [],
	replay: null,
	clockWarning: null,
	server: null,
	replicaProblem: null,
	rebuilding: false,
	storageProblem: null,
};

export const useDeviceState = create<DeviceState>(() => ({ status: starting, operations: [] }));

let following: Promise<void> | null = null;

/** Keeps the state up to date from the first use on. */
export function followDevice(): Promise<void> {
	following ??= follow();
	return following;
}

async function follow(): Promise<void> {
	const client = await openDeviceClient();
	client.subscribe(take);
	useDeviceState.setState({ status: await client.status() });
	mix(await client.operations(listedOperations));
}

function take(event: DeviceEvent): void {
	if (event.kind === 'status') {
		const cameToALane = useDeviceState.getState().status.enrolled === null && event.status.enrolled !== null;
		useDeviceState.setState({ status: event.status });
		if (cameToALane) void openDeviceClient().then(async (client) => mix(await client.operations(listedOperations)));
	} else if (event.kind === 'operations') {
		mix(event.operations);
	}
}

const rank = { saved: 0, sent: 1, confirmed: 2, needs_attention: 2 } as const;

/** An answer to `operations` may be older than an event that overtook it: the later state stays. */
function mix(news: readonly JournaledOperation[]): void {
	if (news.length === 0) return;
	const byId = new Map(useDeviceState.getState().operations.map((each) => [each.operation.opId, each]));
	for (const each of news) {
		const held = byId.get(each.operation.opId);
		if (held === undefined || rank[each.state] >= rank[held.state]) byId.set(each.operation.opId, each);
	}
	const operations = [...byId.values()].sort((a, b) => b.operation.seq - a.operation.seq);
	useDeviceState.setState({
		operations: operations.filter(({ state }, index) => index < listedOperations || rank[state] < 2),
	});
}
