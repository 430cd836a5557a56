import { create } from 'zustand';
import type { DeviceEvent, DeviceStatus } from '../../../shared/device/device-client.ts';
import { type ConnectionChange, historyWith } from './connection-history.ts';
import { type ListedOperations, listWith } from './listed-operations.ts';
import { openDeviceClient } from './open-device-client.ts';
import { settledStatus } from './settled-status.ts';
import { startingStatus } from './starting-status.ts';

/** How many of the latest operations are fetched at the start, and how many the Sync screen can list. */
const firstOperations = 500;
const listedOperations = 5000;

interface DeviceState {
	readonly status: DeviceStatus;
	/** Newest first: the latest ones and all that are not in their last state. */
	readonly operations: ListedOperations;
	readonly connectionHistory: readonly ConnectionChange[];
}

export const useDeviceState = create<DeviceState>(() => ({
	status: startingStatus,
	operations: [],
	connectionHistory: [],
}));

let following: Promise<void> | null = null;
let areAllListed = false;

/** Keeps the state up to date from the first use on. */
export function followDevice(): Promise<void> {
	following ??= follow();
	return following;
}

/** Fetches all operations that can be listed; before, only the latest ones are here. */
export async function listAllOperations(): Promise<void> {
	if (areAllListed) return;
	areAllListed = true;
	const client = await openDeviceClient();
	mix(await client.operations(listedOperations));
}

async function follow(): Promise<void> {
	const client = await openDeviceClient();
	client.subscribe(take);
	takeStatus(await client.status());
	mix(await client.operations(firstOperations));
}

function take(event: DeviceEvent): void {
	if (event.kind === 'status') {
		const before = useDeviceState.getState().status.enrolled?.deviceId;
		takeStatus(event.status);
		const deviceId = event.status.enrolled?.deviceId;
		if (deviceId !== undefined && deviceId !== before) void listAnew();
	} else if (event.kind === 'operations') {
		mix(event.operations);
	}
}

/** Another device id is another lane: what it carried over from the old one has new numbers. */
async function listAnew(): Promise<void> {
	useDeviceState.setState({ operations: [] });
	const client = await openDeviceClient();
	mix(await client.operations(areAllListed ? listedOperations : firstOperations));
}

function takeStatus(status: DeviceStatus): void {
	const { status: before, connectionHistory } = useDeviceState.getState();
	const settled = settledStatus(before, status);
	if (settled === before) return;
	useDeviceState.setState({
		status: settled,
		connectionHistory: historyWith(connectionHistory, settled, Temporal.Now.instant().epochMilliseconds),
	});
}

function mix(news: ListedOperations): void {
	const before = useDeviceState.getState().operations;
	const operations = listWith(before, news, listedOperations);
	if (operations !== before) useDeviceState.setState({ operations });
}

/** How the connection changed since the app was opened, in order. */
export function connectionHistory(): readonly ConnectionChange[] {
	return useDeviceState.getState().connectionHistory;
}
