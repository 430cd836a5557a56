import type { Static } from 'typebox';
import { RoutingSet } from '../schema/routing-rules.ts';
import { versionMessages } from './version-messages.ts';

/** The versions of how orders are routed, and the work on them. */
export const routingRulesMessages = versionMessages(RoutingSet.properties);
export type RoutingRulesState = Readonly<Static<(typeof routingRulesMessages)['State']>>;
export type RoutingRulesDesk = Readonly<Static<(typeof routingRulesMessages)['Desk']>>;
export type RoutingRulesOutcome = Readonly<Static<(typeof routingRulesMessages)['Outcome']>>;
