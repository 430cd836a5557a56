import { type Static, type TSchema, Type } from 'typebox';
import type { Role } from '../schema/associate.ts';
import { AvailabilityAnswer, AvailabilityQuestion } from '../schema/availability.ts';
import { ReplayChoices, ReplayQuestion, ReplayRequest, ReplayStarted, ReplayState } from './replay-messages.ts';
import { DecisionsAnswer, DecisionsQuestion } from './routing-messages.ts';
import { routingRulesMessages } from './routing-rules-messages.ts';
import { RoutingRuns } from './routing-run-messages.ts';
import { PreviewOutcome, PreviewQuestion, rulesMessages } from './rules-messages.ts';
import { DiscardDraft, PublishDraft, VersionQuestion } from './version-messages.ts';

interface QuestionRow {
	readonly question: TSchema;
	readonly answer: TSchema;
	/** Only who has signed in with one of these roles is answered; everybody without it. */
	readonly roles?: readonly Role[];
}

/** Who works on the rules of promising and of routing. */
const rulesRoles: readonly Role[] = ['operations'];
/** Who weighs what other rules of routing would do. */
const replayRoles: readonly Role[] = ['manager', 'operations'];

/** What a device may ask central, one row each: only what needs an answer of this moment, and that no document brings. */
export const questionKinds = {
	availability: { question: AvailabilityQuestion, answer: AvailabilityAnswer },
	routing_decisions: { question: DecisionsQuestion, answer: DecisionsAnswer },
	routing_runs: { question: Type.Object({}), answer: RoutingRuns, roles: rulesRoles },
	rules_look: { question: Type.Object({}), answer: rulesMessages.Desk, roles: rulesRoles },
	rules_save: { question: rulesMessages.SaveDraft, answer: rulesMessages.Outcome, roles: rulesRoles },
	rules_discard: { question: DiscardDraft, answer: rulesMessages.Outcome, roles: rulesRoles },
	rules_publish: { question: PublishDraft, answer: rulesMessages.Outcome, roles: rulesRoles },
	rules_preview: { question: PreviewQuestion, answer: PreviewOutcome, roles: rulesRoles },
	replay_choices: { question: Type.Object({}), answer: ReplayChoices, roles: replayRoles },
	replay_start: { question: ReplayRequest, answer: ReplayStarted, roles: replayRoles },
	replay_look: { question: ReplayQuestion, answer: ReplayState, roles: replayRoles },
	replay_stop: { question: ReplayQuestion, answer: ReplayState, roles: replayRoles },
	rules_version: { question: VersionQuestion, answer: rulesMessages.VersionOutcome, roles: rulesRoles },
	routing_rules_look: { question: Type.Object({}), answer: routingRulesMessages.Desk, roles: rulesRoles },
	routing_rules_save: {
		question: routingRulesMessages.SaveDraft,
		answer: routingRulesMessages.Outcome,
		roles: rulesRoles,
	},
	routing_rules_discard: { question: DiscardDraft, answer: routingRulesMessages.Outcome, roles: rulesRoles },
	routing_rules_publish: { question: PublishDraft, answer: routingRulesMessages.Outcome, roles: rulesRoles },
	routing_rules_version: { question: VersionQuestion, answer: routingRulesMessages.VersionOutcome, roles: rulesRoles },
} as const satisfies Readonly<Record<string, QuestionRow>>;

export type QuestionKind = keyof typeof questionKinds;
export type QuestionOf<K extends QuestionKind> = Readonly<Static<(typeof questionKinds)[K]['question']>>;
export type AnswerOf<K extends QuestionKind> = Readonly<Static<(typeof questionKinds)[K]['answer']>>;

/** The frame of a question; what is in it is judged by the row of its kind. */
export const AskRequest = Type.Object(
	{
		kind: Type.String({ maxLength: 100 }),
		question: Type.Unknown(),
		/** Central's word for who is signed in. */
		grant: Type.Optional(Type.String({ maxLength: 4000 })),
	},
	{ additionalProperties: false },
);
export type AskRequest = Readonly<Static<typeof AskRequest>>;

export function isQuestionKind(kind: string): kind is QuestionKind {
	return Object.hasOwn(questionKinds, kind);
}
