import { firstRouting, type RoutingSet } from '../../../../shared/schema/routing-rules.ts';

/** The routing rules and weights that hold now. */
export interface CurrentRouting {
	readonly version: number;
	readonly routing: RoutingSet;
}

export function currentRouting(): CurrentRouting {
	return { version: 0, routing: firstRouting };
}
