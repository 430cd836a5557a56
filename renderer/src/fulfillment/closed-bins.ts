import { useMemo } from 'react';
import { closedBinsOf } from '../../../shared/domain/closed-bins.ts';
import { currentDocuments, currentSiteId, useBinClosures, useSite } from '../replica/index.ts';

/** Bins of this site that are not in use, by what the device knows and what was done on it. */
export function useClosedBins(): readonly string[] {
	const site = useSite();
	const closures = useBinClosures();
	return useMemo(() => closedBinsOf(site, closures), [site, closures]);
}

/** The same at this moment: for the handler of a scan. */
export function currentClosedBins(): readonly string[] {
	const site = currentDocuments('site').find(({ id }) => id === currentSiteId()) ?? null;
	return closedBinsOf(site, currentDocuments('bin_closure'));
}
