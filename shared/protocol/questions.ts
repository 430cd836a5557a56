import { type Static, type TSchema, Type } from 'typebox';
import type { Role } from '../schema/associate.ts';
import { AvailabilityAnswer, AvailabilityQuestion } from '../schema/availability.ts';
import { ReplayChoices, ReplayQuestion, ReplayRequest, ReplayStarted, ReplayState } from './replay-messages.ts';
import { DecisionsAnswer, DecisionsQuestion } from './routing-messages.ts';
import {
	DiscardDraft,
	PreviewOutcome,
	PreviewQuestion,
	PublishDraft,
	RulesDesk,
	RulesOutcome,
	SaveDraft,
	VersionOutcome,
	VersionQuestion,
} from './rules-messages.ts';

interface QuestionRow {
	readonly question: TSchema;
	readonly answer: TSchema;
	/** Only who has signed in with one of these roles is answered; everybody without it. */
	readonly roles?: readonly Role[];
}

/** Who works on the rules of promising. */
const rulesRoles: readonly Role[] = ['operations'];
/** Who weighs what other rules of routing would do. */
const replayRoles: readonly Role[] = ['manager', 'operations'];

/** What a device may ask central, one row each: only what needs an answer of this moment, and that no document brings. */
export const questionKinds = {
	availability: { question: AvailabilityQuestion, answer: AvailabilityAnswer },
	routing_decisions: { question: DecisionsQuestion, answer: DecisionsAnswer },
	rules_look: { question: Type.Object({}), answer: RulesDesk, roles: rulesRoles },
	rules_save: { question: SaveDraft, answer: RulesOutcome, roles: rulesRoles },
	rules_discard: { question: DiscardDraft, answer: RulesOutcome, roles: rulesRoles },
	rules_publish: { question: PublishDraft, answer: RulesOutcome, roles: rulesRoles },
	rules_preview: { question: PreviewQuestion, answer: PreviewOutcome, roles: rulesRoles },
	rules_version: { question: VersionQuestion, answer: VersionOutcome, roles: rulesRoles },
	replay_choices: { question: Type.Object({}), answer: ReplayChoices, roles: replayRoles },
	replay_start: { question: ReplayRequest, answer: ReplayStarted, roles: replayRoles },
	replay_look: { question: ReplayQuestion, answer: ReplayState, roles: replayRoles },
	replay_stop: { question: ReplayQuestion, answer: ReplayState, roles: replayRoles },
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
