import type { LiveSite } from '../../renderer/src/replica/live-site.ts';
import { orderNumberOf } from '../../shared/domain/order-number.ts';
import { isHeld } from '../../shared/domain/reservation-units.ts';
import { realClock } from '../../sync-server/clock.ts';
import type { Seeded } from './seeded.ts';
import { products, skus } from './shop.ts';
import type { Work } from './user-work.ts';

interface Counter {
	readonly siteId: string;
	/** A new UUID. */
	readonly newId: () => string;
	/** Units that the device may promise without asking, in the order of `skus`. */
	readonly left: readonly number[];
}

const hour = 3_600_000;
const goods = products.map(({ id, name, gtin, price, weightGrams }) => ({
	sku: id,
	name,
	gtins: [gtin],
	unitPrice: price,
	unitWeightGrams: weightGrams,
	bin: 'A-1',
}));

/** What a person at the counter might promise or sell next, each with a weight: mostly what the rights reach for, now and then more. */
export function possiblePromises(
	live: LiveSite,
	{ siteId, newId, left }: Counter,
	random: Seeded,
): readonly (readonly [Work, number])[] {
	const index = random.below(skus.length);
	const sku = skus[index] ?? 'A';
	const own = left[index] ?? 0;
	const hasOwn = own > 0;
	const quantity = hasOwn ? random.between(1, own + (random.chance(0.15) ? 1 : 0)) : random.between(1, 2);
	const rights = hasOwn ? [{ sku, quantity: Math.min(own, quantity) }] : [];
	const how = `${quantity} × ${sku} (${Math.min(own, quantity)} under its right)`;
	const orderId = newId();
	const capture = {
		channel: siteId,
		externalId: orderId,
		placedAt: new Date(Date.now()).toISOString(),
		promisedAt: new Date(Date.now() + 4 * hour).toISOString(),
		method: 'pickup',
		siteId,
		currency: 'GBP',
		customer: { name: 'Cora Dale' },
		shipTo: { line1: '1 Mill Lane', town: 'York', postalCode: 'YO1', country: 'GB' },
		lines: [{ sku, quantity }],
	} as const;
	const captured = {
		orderId,
		fulfillmentOrderId: newId(),
		orderNumber: orderNumberOf(orderId),
		passCode: 'ACDEFG',
		siteName: `The shop in ${siteId}`,
		capture: { ...capture, lines: [...capture.lines] },
		goods,
		rights,
	};
	const expiresAt = new Date(Date.now() + random.pick([0.1, 2, 48]) * hour).toISOString();
	const kept = { reservationId: newId(), lines: [{ sku, name: sku, quantity }], expiresAt, rights };
	const sold = { saleId: newId(), lines: [{ sku, quantity }], rights };
	const work: (readonly [Work, number])[] = [
		[{ type: 'capture_order', payload: captured, words: `takes an order of ${how}` }, hasOwn ? 5 : 0.4],
		[{ type: 'reserve_stock', payload: kept, words: `keeps ${how} for a customer` }, hasOwn ? 3 : 0.4],
		[{ type: 'sell', payload: sold, words: `sells ${how}` }, hasOwn ? 3 : 0.3],
	];
	const held = live.all('reservation').find((each) => isHeld(each, realClock.now()));
	if (held === undefined) return work;
	const { id, lines } = held;
	const [line] = lines;
	work.push([
		{ type: 'release_reservation', payload: { reservationId: id }, words: 'keeps goods no longer for a customer' },
		1.5,
	]);
	if (line === undefined) return work;
	const taken = { saleId: newId(), reservationId: id, lines: [{ sku: line.sku, quantity: line.quantity }], rights: [] };
	work.push([{ type: 'sell', payload: taken, words: `sells ${line.quantity} × ${line.sku} that were kept` }, 1.5]);
	return work;
}
