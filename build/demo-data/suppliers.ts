import type { Site } from '../../shared/schema/site.ts';

/** Invented companies on industrial estates of towns that are there. */
const places = [
	{ id: 'V-01', name: 'Humber Larder Supplies', town: 'Hull', postalCode: 'HU9', lat: 53.7461, lon: -0.2909 },
	{ id: 'V-02', name: 'Severn Vale Foods', town: 'Gloucester', postalCode: 'GL2', lat: 51.8391, lon: -2.2771 },
	{ id: 'V-03', name: 'Clyde Dairy and Deli', town: 'Glasgow', postalCode: 'G51', lat: 55.8567, lon: -4.3121 },
] as const;

/** The suppliers of the demo, all invented. They ship nothing to customers. */
export function makeSuppliers(): Site[] {
	return places.map(({ name, ...place }) => ({
		...place,
		name,
		kind: 'supplier',
		retailer: name,
		country: 'GB',
		timeZone: 'Europe/London',
		openingHours: [1, 2, 3, 4, 5].map((day) => ({ day, opens: '07:00', closes: '17:00' })),
		capabilities: ['supply'],
		dailyCapacityUnits: 0,
		stagingLocations: [],
	}));
}
