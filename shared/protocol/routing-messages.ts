import { type Static, Type } from 'typebox';
import { Id } from '../schema/field.ts';
import { RoutingDecision } from '../schema/routing-decision.ts';

export const DecisionsQuestion = Type.Object({ orderId: Id }, { additionalProperties: false });
export type DecisionsQuestion = Readonly<Static<typeof DecisionsQuestion>>;

/** Why an order's units go out from where they go, the latest decision first. */
export const DecisionsAnswer = Type.Object({ decisions: Type.Array(RoutingDecision) });
export type DecisionsAnswer = Readonly<Static<typeof DecisionsAnswer>>;
