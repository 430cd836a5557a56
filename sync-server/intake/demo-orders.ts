import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { OrderCapture } from '../../shared/schema/order.ts';
import type { Site } from '../../shared/schema/site.ts';
import { type DemoOutcode, demoFolder } from './demo-files.ts';
import { parseOrderCsv } from './order-csv.ts';

const timeZone = 'Europe/London';

export type DemoPlaces = {
	/** Pickup promises are moved into the opening hours of their store. */
	readonly sites: readonly Site[];
	/** Gives each address the center of its outward code. */
	readonly outcodes: readonly DemoOutcode[];
};

/** The demo's orders, laid around `day`: placed on the two days before it, promised from it to three days later. */
export function readDemoOrders(day: Temporal.PlainDate, places: DemoPlaces, folder = demoFolder): OrderCapture[] {
	const bytes = gunzipSync(readFileSync(join(folder, 'orders.csv.gz')));
	const { orders, problems } = parseOrderCsv(bytes, { readTime: (text) => layTime(text, day) });
	const [first] = problems;
	if (first) throw new Error(`orders.csv.gz, line ${first.line}: ${first.column} ${first.reason} (${first.value})`);
	const siteById = new Map(places.sites.map((site) => [site.id, site]));
	const outcodeByName = new Map(places.outcodes.map((outcode) => [outcode.outcode, outcode]));
	return orders.map((order) => {
		const center = outcodeByName.get(order.shipTo.postalCode);
		const site = siteById.get(order.siteId ?? '');
		return {
			...order,
			...(site && order.promisedAt !== undefined ? { promisedAt: withinOpeningHours(order.promisedAt, site) } : {}),
			shipTo: center ? { ...order.shipTo, lat: center.lat, lon: center.lon } : order.shipTo,
		};
	});
}

/** Reads days from the demo day and a local time, for instance -1T14:35, as an instant in ISO 8601; undefined when it is something else. */
export function layTime(text: string, day: Temporal.PlainDate): string | undefined {
	const match = /^(-?\d{1,3})T([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
	if (!match) return undefined;
	const time = Temporal.PlainTime.from({ hour: Number(match[2]), minute: Number(match[3]) });
	return day
		.add({ days: Number(match[1]) })
		.toZonedDateTime({ timeZone, plainTime: time })
		.toInstant()
		.toString();
}

/** The same day's nearest time at which the site is open, at least half an hour before it closes. */
function withinOpeningHours(instant: string, site: Site): string {
	const local = Temporal.Instant.from(instant).toZonedDateTimeISO(site.timeZone);
	const hours = site.openingHours.find(({ day }) => day === local.dayOfWeek);
	if (!hours) return instant;
	const opens = local.withPlainTime(hours.opens);
	const last = local.withPlainTime(hours.closes).subtract({ minutes: 30 });
	const kept = Temporal.ZonedDateTime.compare(local, opens) < 0 ? opens : local;
	return (Temporal.ZonedDateTime.compare(kept, last) > 0 ? last : kept).toInstant().toString();
}
