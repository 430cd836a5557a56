import type { Kysely } from 'kysely';
import { firstRouting, type RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Tables } from '../../../database/tables.ts';

/** The routing that holds, and the draft if there is one. */
export interface Routings {
	readonly published: RoutingSet;
	readonly draft: RoutingSet | undefined;
}

export async function readRoutings(_db: Kysely<Tables>): Promise<Routings> {
	return { published: firstRouting, draft: undefined };
}
