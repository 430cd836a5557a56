import type { Associate, Role } from '../../shared/schema/associate.ts';
import type { Site } from '../../shared/schema/site.ts';
import { inventName } from './people.ts';
import { seededRandom } from './seeded-random.ts';

export type DemoAssociate = Associate & { readonly pin: string };
export type EnrollmentCode = { readonly code: string; readonly siteId: string };

/** Four invented people a site. The PINs are public: they open nothing but the demo. */
export function makeAssociates(sites: readonly Site[]): DemoAssociate[] {
	return sites.flatMap((site) => {
		const random = seededRandom(`people ${site.id}`);
		const desk: Role = site.kind === 'warehouse' ? 'operations' : 'order_desk';
		const posts: readonly (readonly [roles: readonly Role[], pin: string])[] = [
			[['associate'], '1111'],
			[['associate'], '2222'],
			[['manager', 'associate'], '3333'],
			[[desk], '4444'],
		];
		const names = new Set<string>();
		while (names.size < posts.length) names.add(inventName(random));
		return posts.map(([roles, pin], index) => ({
			id: `${site.id.replace('S-', 'P-')}-${index + 1}`,
			kind: 'associate',
			siteId: site.id,
			name: [...names][index] ?? '',
			roles: [...roles],
			pin,
		}));
	});
}

/** Three readable codes a site, for instance LEEDS-1; the outward code stands in them where a town has several sites. */
export function makeEnrollmentCodes(sites: readonly Site[]): EnrollmentCode[] {
	return sites.flatMap((site) => {
		const sharesItsTown = sites.filter((other) => other.town === site.town).length > 1;
		const stem = `${site.town.split(' ')[0]}${sharesItsTown ? `-${site.postalCode}` : ''}`.toUpperCase();
		return [1, 2, 3].map((device) => ({ code: `${stem}-${device}`, siteId: site.id }));
	});
}
