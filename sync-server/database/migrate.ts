import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { firstTables } from './migrations/0001-first-tables.ts';
import { orderNumbers } from './migrations/0002-order-numbers.ts';
import { ordersBroughtToSites } from './migrations/0003-orders-brought-to-sites.ts';
import { syncThatSurvives } from './migrations/0004-sync-that-survives.ts';
import { ownOperationsInPages } from './migrations/0005-own-operations-in-pages.ts';
import { keysAndRepeatedEnrollments } from './migrations/0006-keys-and-repeated-enrollments.ts';
import { gapsThatStay } from './migrations/0007-gaps-that-stay.ts';
import { stockWork } from './migrations/0008-stock-work.ts';
import { promising } from './migrations/0009-promising.ts';
import { promisingRules } from './migrations/0010-promising-rules.ts';
import { stockDetails } from './migrations/0011-stock-details.ts';
import { purchaseOrders } from './migrations/0012-purchase-orders.ts';
import { stockEvidence } from './migrations/0013-stock-evidence.ts';
import { supplyAndDemand } from './migrations/0014-supply-and-demand.ts';
import { ownDemand } from './migrations/0015-own-demand.ts';
import { noticesOfSites } from './migrations/0016-notices-of-sites.ts';
import { countedPositions } from './migrations/0017-counted-positions.ts';
import { partsOfReservations } from './migrations/0018-parts-of-reservations.ts';
import { routing } from './migrations/0019-routing.ts';
import { supplyClaims } from './migrations/0020-supply-claims.ts';
import { trackingChanges } from './migrations/0021-tracking-changes.ts';
import { rightsAskedBack } from './migrations/0022-rights-asked-back.ts';
import { waitingUnits } from './migrations/0023-waiting-units.ts';
import { routingRules } from './migrations/0024-routing-rules.ts';
import { routingRuns } from './migrations/0025-routing-runs.ts';
import { siteRevisions } from './migrations/0026-site-revisions.ts';
import { decisionsWithoutRuns } from './migrations/0027-decisions-without-runs.ts';
import { demandOfDevices } from './migrations/0028-demand-of-devices.ts';
import type { Tables } from './tables.ts';

/** Every migration that was ever released, by name; a name's order is its place in history. */
const migrations = {
	'0001-first-tables': firstTables,
	'0002-order-numbers': orderNumbers,
	'0003-orders-brought-to-sites': ordersBroughtToSites,
	'0004-sync-that-survives': syncThatSurvives,
	'0005-own-operations-in-pages': ownOperationsInPages,
	'0006-keys-and-repeated-enrollments': keysAndRepeatedEnrollments,
	'0007-gaps-that-stay': gapsThatStay,
	'0008-stock-work': stockWork,
	'0009-promising': promising,
	'0010-promising-rules': promisingRules,
	'0011-stock-details': stockDetails,
	'0012-purchase-orders': purchaseOrders,
	'0013-stock-evidence': stockEvidence,
	'0014-supply-and-demand': supplyAndDemand,
	'0015-own-demand': ownDemand,
	'0016-notices-of-sites': noticesOfSites,
	'0017-counted-positions': countedPositions,
	'0018-parts-of-reservations': partsOfReservations,
	'0019-routing': routing,
	'0020-supply-claims': supplyClaims,
	'0021-tracking-changes': trackingChanges,
	'0022-rights-asked-back': rightsAskedBack,
	'0023-waiting-units': waitingUnits,
	'0024-routing-rules': routingRules,
	'0025-routing-runs': routingRuns,
	'0026-site-revisions': siteRevisions,
	'0027-decisions-without-runs': decisionsWithoutRuns,
	'0028-demand-of-devices': demandOfDevices,
};

/** Brings the database to the newest tables. Several processes may call it at once: one migrates, the others wait. */
export async function migrate(db: Kysely<Tables>, log: (line: string) => void = () => undefined): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error, results } = await migrator.migrateToLatest();
	if (error) throw error;
	for (const result of results ?? []) log(`Database: ${result.migrationName} done.`);
}
