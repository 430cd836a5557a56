import { routingFaults, routingWarnings } from '../../../shared/domain/check-routing.ts';
import { routingChanges } from '../../../shared/domain/routing-changes.ts';
import { firstRouting, type RoutingSet } from '../../../shared/schema/routing-rules.ts';
import { listSites } from '../routing/sites.ts';
import { readKnownCurrency, readKnownNames, wordedRules } from './check-rule-set.ts';
import type { RulesSubject } from './rules-subject.ts';

/** How orders are routed. Only central routes, so nobody else is told. */
export const routingSubject: RulesSubject<RoutingSet> = {
	name: 'routing',
	first: firstRouting,
	bodyOf: ({ rules, groups, weights }) => ({ rules, groups, weights }),
	changes: routingChanges,
	check: async (db, routing, today) => {
		const { currency } = routing.weights;
		const names = await readKnownNames(db, {
			products: routing.rules.flatMap(({ orders }) => orders.products ?? []),
			channels: routing.rules.flatMap(({ orders }) => orders.channels ?? []),
		});
		const isKnown = await readKnownCurrency(db, currency);
		const known = { ...names, isCurrency: (code: string) => code === currency && isKnown, sites: await listSites(db) };
		return wordedRules(routingFaults(routing, known), routingWarnings(routing, known, today));
	},
	tell: async () => undefined,
};
