import type { NotNow } from '../../../shared/schema/availability.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { quietMinutes } from '../routing/silent-sites.ts';
import type { SiteCalendarAt } from './site-calendar.ts';

export interface NotNowContext {
	readonly calendar: Pick<SiteCalendarAt, 'dayAt' | 'opensIn'>;
	/** Ids of the sites that are quiet. */
	readonly quiet: ReadonlySet<string>;
}

/** Why a site promises nothing now; undefined where it does. What a closed site has is promised for the day on which it opens. */
export function notNowAt({ calendar, quiet }: NotNowContext, site: Site): NotNow | undefined {
	if (quiet.has(site.id)) {
		return {
			reason: 'quiet',
			message: `No device there was heard of for ${quietMinutes} minutes of its opening hours.`,
		};
	}
	const opensIn = calendar.opensIn(site);
	if (opensIn === 0) return undefined;
	const opensOn = calendar.dayAt(site, opensIn);
	return { reason: 'closed', message: `It is closed until ${opensOn}.`, opensOn };
}
