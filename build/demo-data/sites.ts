import type { Site } from '../../shared/schema/site.ts';
import { cell, type Row } from './sources.ts';

/** The shops that take part, by their number in GEOLYTIX Retail Points. */
const storeIds = [
	1010001615, 1010001412, 1010001586, 1010001614, 1010001482, 1010001483, 1010001326, 1010001479, 1010001429,
	1010001418, 1010001370, 1010001354, 1010001468, 1010001496, 1010001547, 1010001501, 1010001509, 1010001574,
	1010001526, 1010001367, 1010001321,
];
/** Makro is a wholesaler; that its halls are warehouses here is our choice. */
const warehouseIds = [1010007554, 1010007546, 1010007562];

/** The source's country column holds two Scottish councils as well. */
const scottish = new Set(['Scotland', 'City of Edinburgh', 'West Lothian']);

/** The sites of the demo: places, towns and retailers are real; opening hours, capacities and shelves are invented. */
export function makeSites(shops: readonly Row[], outcodes: readonly Row[]): Site[] {
	const shopById = new Map(shops.map((shop) => [Number(cell(shop, 'geolytixId')), shop]));
	const countryByOutcode = new Map(outcodes.map((row) => [cell(row, 'outcode'), cell(row, 'country')]));
	const all = [...storeIds, ...warehouseIds].map((id) => {
		const shop = shopById.get(id);
		if (!shop) throw new Error(`The source has no shop ${id}`);
		return shop;
	});
	const towns = all.map((shop) => `${cell(shop, 'retailer')} ${cell(shop, 'town')}`);
	return all.map((shop, index) => {
		const retailer = cell(shop, 'retailer');
		const town = cell(shop, 'town').replace(' Upon ', ' upon ');
		const outcode = cell(shop, 'nearestOutcode');
		const isWarehouse = index >= storeIds.length;
		const sharesItsTown = towns.filter((name) => name === towns[index]).length > 1;
		return {
			id: `S-${cell(shop, 'geolytixId').slice(-4)}`,
			name: `${retailer} ${town}${sharesItsTown ? ` ${outcode}` : ''}`,
			kind: isWarehouse ? 'warehouse' : 'store',
			retailer,
			town,
			postalCode: outcode,
			country: 'GB',
			lat: Number(cell(shop, 'lat')),
			lon: Number(cell(shop, 'lon')),
			timeZone: 'Europe/London',
			openingHours: openingHours(isWarehouse, scottish.has(countryByOutcode.get(outcode) ?? ''), town === 'London'),
			capabilities: isWarehouse ? ['ship'] : ['ship', 'pickup', 'return'],
			dailyCapacityUnits: isWarehouse ? 4000 : 900,
			stagingLocations: isWarehouse
				? []
				: Array.from({ length: 12 }, (_, shelf) => `PU-${String(shelf + 1).padStart(2, '0')}`),
		};
	});
}

/** English and Welsh law lets a large shop open for six hours on a Sunday; Scotland has no such rule, and a warehouse sells to nobody. */
function openingHours(isWarehouse: boolean, isScottish: boolean, isLondon: boolean): Site['openingHours'] {
	const weekday = isWarehouse ? ['06:00', '22:00'] : isLondon ? ['09:00', '21:00'] : ['09:00', '19:00'];
	const sunday = isWarehouse ? ['08:00', '18:00'] : isScottish ? ['10:00', '18:00'] : ['11:00', '17:00'];
	return [1, 2, 3, 4, 5, 6, 7].map((day) => {
		const [opens = '', closes = ''] = day === 7 ? sunday : weekday;
		return { day, opens, closes };
	});
}
