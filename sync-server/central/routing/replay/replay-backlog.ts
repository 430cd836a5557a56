import type { Site } from '../../../../shared/schema/site.ts';
import { cutOffAfter, leavesAt } from '../workload.ts';
import type { ReplayDay } from './replay-day.ts';

/** What each site has to pick while the orders of a day are replayed. */
export interface ReplayBacklog {
	/** When a parcel of so many units would leave a site, asked in the sequence of time. */
	leavesAt(site: Site, placedAt: string, units: number): string;
	give(siteId: string, units: number): void;
}

/** What the sites really picked belongs to how it really went: here each works off its daily capacity until each cut-off. */
export function openReplayBacklog({ backlog }: Pick<ReplayDay, 'backlog'>): ReplayBacklog {
	const ahead = new Map(backlog.map(({ siteId, units }) => [siteId, units]));
	const nextCutOff = new Map<string, string>();
	const aheadOf = (siteId: string) => ahead.get(siteId) ?? 0;
	return {
		leavesAt(site, placedAt, units) {
			const cutOff = cutOffAfter(site, placedAt);
			const before = nextCutOff.get(site.id);
			if (before !== cutOff) {
				nextCutOff.set(site.id, cutOff);
				if (before !== undefined) ahead.set(site.id, Math.max(0, aheadOf(site.id) - site.dailyCapacityUnits));
			}
			return leavesAt(site, placedAt, aheadOf(site.id), units);
		},
		give: (siteId, units) => void ahead.set(siteId, aheadOf(siteId) + units),
	};
}
