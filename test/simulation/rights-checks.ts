import { sql } from 'kysely';
import { leftOf, sellingRightId, unitsTaken } from '../../shared/domain/selling-rights.ts';
import type { RightShare, SellingRight } from '../../shared/schema/selling-right.ts';
import { promptly } from './event-queue.ts';
import type { Machine } from './machine.ts';
import { skus } from './shop.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * What a device could still promise, with what it has promised and central has not heard of, is never more than central has set aside for it:
 * so whoever is cut off from whom, all promises together are no more than the stock.
 */
export async function checkOwnRights(world: World): Promise<void> {
	const shares = await readShares(world);
	const { rows } = await sql<{ op_id: string }>`SELECT op_id FROM operation`.execute(world.postgres.db);
	const known = new Set(rows.map(({ op_id }) => op_id));
	for (const machine of world.machines) {
		const own = await readOwnRights(world, machine);
		if (own === null || world.forkedDevices.has(own.deviceId)) continue;
		const operations = (await machine.core?.operations(1_000_000)) ?? [];
		const unheard = operations.filter(({ operation }) => !known.has(operation.opId));
		for (const [sku, left] of own.left) {
			if (left === 0) continue;
			const promised = unheard.reduce((sum, { operation }) => sum + (unitsTaken(operation).get(sku) ?? 0), 0);
			const share = shares.get(`${sellingRightId(machine.siteId, sku)} ${own.deviceId}`);
			const aside = share ? leftOf(share) : 0;
			if (left + promised <= aside) continue;
			const words = `may promise ${left} × ${sku} and has promised ${promised}, but central has set ${aside} aside for it`;
			throw new Violation('right', `${machine.name} ${words}`);
		}
	}
}

/** Whether central waits for the answer of a device that is on. */
export async function isAskedBack(world: World): Promise<boolean> {
	const shares = await readShares(world);
	const asked = [...shares.values()].filter(({ recall }) => recall > 0).map(({ deviceId }) => deviceId);
	if (asked.length === 0) return false;
	const views = await Promise.all(world.machines.map((machine) => readOwnRights(world, machine)));
	return views.some((own) => own !== null && asked.includes(own.deviceId));
}

/** When nothing moves any more both sides count the same, and nothing that was asked back is out. */
export async function checkRightsAtRest(world: World): Promise<void> {
	const shares = await readShares(world);
	for (const machine of world.machines) {
		const own = await readOwnRights(world, machine);
		for (const [sku, left] of own?.left ?? []) {
			const share = shares.get(`${sellingRightId(machine.siteId, sku)} ${own?.deviceId}`);
			const aside = share ? leftOf(share) : 0;
			if (left === aside && (share?.recall ?? 0) === 0) continue;
			const words = `ends with ${left} × ${sku} to promise, at central with ${JSON.stringify(share ?? 'nothing')}`;
			throw new Violation('right', `${machine.name} ${words}`);
		}
	}
}

interface OwnView {
	readonly deviceId: string;
	readonly left: readonly (readonly [string, number])[];
}

/** Null while the device is off, is saving something, or has not heard yet that central is another. */
async function readOwnRights({ epoch }: World, { core, replica }: Machine): Promise<OwnView | null> {
	if (core === null || replica.shown?.checkpoints.site?.epoch !== epoch) return null;
	const { enrolled } = await core.status();
	const left = await promptly(core.rightsLeft(skus));
	if (enrolled === null || left === null) return null;
	return { deviceId: enrolled.deviceId, left: skus.map((sku, index) => [sku, left[index] ?? 0]) };
}

async function readShares({ postgres: { db } }: World): Promise<ReadonlyMap<string, RightShare>> {
	const { rows } = await sql<{ body: SellingRight }>`
		SELECT body FROM stock_document WHERE kind = 'selling_right'`.execute(db);
	return new Map(
		rows.flatMap(({ body }) => body.shares.map((share) => [`${body.id} ${share.deviceId}`, share] as const)),
	);
}
