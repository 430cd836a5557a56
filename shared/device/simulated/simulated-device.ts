import type { DeviceEvent } from '../device-client.ts';
import { DeviceCore } from '../device-core.ts';
import type { PinCheck, SecretStore } from '../ports.ts';
import { type SimulatedClock, simulatedClock, simulatedRandom } from './clock.ts';
import { type MemoryCentral, memoryCentral } from './memory-central.ts';
import { type MemoryDisk, memoryJournalFolder } from './memory-journal-folder.ts';
import { type MemoryReplica, memoryReplica } from './memory-replica.ts';
import { type SimulatedKeys, simulatedKeys } from './simulated-keys.ts';

/** What outlives a restart of a device. */
export interface DeviceWorld {
	readonly disk: MemoryDisk;
	readonly secrets: SecretStore;
	readonly keys: SimulatedKeys;
	readonly replica: MemoryReplica;
	readonly central: MemoryCentral;
	readonly clock: SimulatedClock;
}

/** A verifier that costs nothing; the slow hash has tests of its own. */
export const quickPins: PinCheck = {
	makeVerifier: async (pin) => `verifier of ${pin}`,
	matches: async (pin, verifier) => verifier === `verifier of ${pin}`,
};

export function memorySecrets(): SecretStore {
	let text: string | null = null;
	return {
		read: async () => text,
		write: async (next) => {
			text = next;
		},
	};
}

export function newWorld(options: Parameters<typeof memoryCentral>[0] = {}): DeviceWorld {
	return {
		disk: memoryJournalFolder(),
		secrets: memorySecrets(),
		keys: simulatedKeys(),
		replica: memoryReplica(),
		central: memoryCentral({ pins: { ada: '1234' }, ...options }),
		clock: simulatedClock(),
	};
}

let starts = 0;

/** Starts the device core in this world. */
export async function startDevice(world: DeviceWorld): Promise<{ device: DeviceCore; events: DeviceEvent[] }> {
	const device = await DeviceCore.open({
		folder: world.disk,
		secrets: world.secrets,
		keys: world.keys,
		central: world.central,
		openReplica: () => world.replica,
		clock: world.clock,
		random: simulatedRandom(++starts),
		pins: quickPins,
	});
	const events: DeviceEvent[] = [];
	device.subscribe((event) => events.push(event));
	return { device, events };
}

/** Starts it, enrolls it and signs Ada in. */
export async function startWorkingDevice(world: DeviceWorld) {
	const started = await startDevice(world);
	await started.device.enroll('GOOD-CODE', 'Counter 1');
	await started.device.signIn('ada', '1234');
	await world.clock.settle();
	return started;
}

export const stage = (number: number) =>
	({ fulfillmentOrderId: `fo-${number}`, orderId: `order-${number}`, location: 'A-1' }) as const;
