import { credentialHash } from '../../sync-server/central/devices/authenticate-device.ts';
import { realClock } from '../../sync-server/clock.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

interface HeldIdentity {
	readonly deviceId: string | undefined;
	readonly credential: string | undefined;
	/** Central lets it in. */
	readonly isTaken: boolean;
}

/** As whom each machine is enrolled by what is on its disk. */
export async function readIdentities({
	machines,
	postgres: { db },
}: World): Promise<ReadonlyMap<Machine, HeldIdentity>> {
	const rows = await db
		.selectFrom('device')
		.select('credential_hash')
		.where('revoked_at', 'is', null)
		.where('credential_expires_at', '>', realClock.now().toString())
		.execute();
	const taken = new Set(rows.map(({ credential_hash }) => credential_hash));
	const held = machines.map(async (machine): Promise<readonly [Machine, HeldIdentity]> => {
		const secrets = machine.disk.isPowerless ? null : await machine.disk.secrets.read();
		const { enrollment } = JSON.parse(secrets ?? '{}') as {
			readonly enrollment?: Omit<HeldIdentity, 'isTaken'> | null;
		};
		const { deviceId, credential } = enrollment ?? {};
		return [machine, { deviceId, credential, isTaken: taken.has(credentialHash(credential ?? '')) }];
	});
	return new Map(await Promise.all(held));
}

/**
 * Of two machines with one disk and one key that have not said different things, the one that was enrolled last is the device. Enrolling the
 * other only puts the first out, and so on: it ends when both work, and central sees that they are two.
 */
export function isReplaced(machine: Machine, identities: ReadonlyMap<Machine, HeldIdentity>): boolean {
	const own = identities.get(machine);
	if (own === undefined || own.isTaken) return false;
	return [...identities.values()].some(({ deviceId, isTaken }) => isTaken && deviceId === own.deviceId);
}
