import { type Static, type TSchema, Type } from 'typebox';
import type { Role } from '../schema/associate.ts';
import { AvailabilityAnswer, AvailabilityQuestion } from '../schema/availability.ts';

interface QuestionRow {
	readonly question: TSchema;
	readonly answer: TSchema;
	/** Only who has signed in with one of these roles is answered; everybody without it. */
	readonly roles?: readonly Role[];
}

/** What a device may ask central, one row each: only what needs an answer of this moment, and that no document brings. */
export const questionKinds = {
	availability: { question: AvailabilityQuestion, answer: AvailabilityAnswer },
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
