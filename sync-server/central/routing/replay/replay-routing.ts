import type { Kysely } from 'kysely';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Tables } from '../../../database/tables.ts';
import { routingSubject } from '../../rules/routing-subject.ts';
import { readVersions } from '../../rules/rule-versions.ts';

/** The routing that holds, and the draft if there is one. */
export interface Routings {
	readonly published: RoutingSet;
	readonly draft: RoutingSet | undefined;
}

export async function readRoutings(db: Kysely<Tables>): Promise<Routings> {
	const { published, draft } = await readVersions(routingSubject, db);
	const { bodyOf } = routingSubject;
	return { published: bodyOf(published), draft: draft === null ? undefined : bodyOf(draft) };
}
