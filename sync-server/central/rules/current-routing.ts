import type { Kysely } from 'kysely';
import type { RoutingSet } from '../../../shared/schema/routing-rules.ts';
import type { Tables } from '../../database/tables.ts';
import { rememberedVersion } from './current-version.ts';
import { routingSubject } from './routing-subject.ts';

export interface CurrentRouting {
	readonly version: number;
	readonly routing: RoutingSet;
}

/** How orders are routed now, as this transaction sees it. */
export const currentRouting: (db: Kysely<Tables>) => Promise<CurrentRouting> = rememberedVersion(
	routingSubject,
	(version, routing): CurrentRouting => ({ version, routing }),
	{ version: 0, routing: routingSubject.first },
);
