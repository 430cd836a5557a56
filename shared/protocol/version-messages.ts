import { type Static, type TProperties, Type } from 'typebox';
import { Count, Id, Instant, LongText, OneOf, Position, ShortText } from '../schema/field.ts';
import { Site } from '../schema/site.ts';
import { Problem } from './messages.ts';

/** A remark on rules: a code for catalogs, where it is, and the whole of it in English. */
export const RuleRemarkMessage = Type.Object({
	code: ShortText,
	where: ShortText,
	name: ShortText,
	value: Type.Optional(ShortText),
	message: LongText,
});
export type RuleRemarkMessage = Readonly<Static<typeof RuleRemarkMessage>>;

/** What changed, for people: places count from 1; fields are named as in the rule. */
export const RuleChangeMessage = Type.Object({
	change: OneOf([
		'added',
		'removed',
		'changed',
		'moved',
		'group_added',
		'group_removed',
		'group_changed',
		'weights_changed',
	]),
	name: ShortText,
	ruleId: Type.Optional(Id),
	place: Type.Optional(Count),
	from: Type.Optional(Count),
	siteIds: Type.Optional(Type.Array(Id)),
	fields: Type.Optional(
		Type.Array(
			Type.Object({
				field: ShortText,
				before: Type.Optional(Type.Unknown()),
				after: Type.Optional(Type.Unknown()),
			}),
		),
	),
});
export type RuleChangeMessage = Readonly<Static<typeof RuleChangeMessage>>;

const versionFields = {
	version: Position,
	state: OneOf(['draft', 'published', 'superseded']),
	/** Counts the times that the draft was saved. */
	revision: Position,
	changedBy: ShortText,
	changedAt: Instant,
	publishedBy: Type.Optional(ShortText),
	publishedAt: Type.Optional(Instant),
	note: LongText,
};
/** A version without its rules. */
export const RuleSetSummary = Type.Object(versionFields);
export type RuleSetSummary = Readonly<Static<typeof RuleSetSummary>>;

/** A version with what it says. */
export type VersionOf<Body> = RuleSetSummary & Body;

/** What holds now, and the draft if there is one. */
export interface StateOf<Body> {
	readonly published: VersionOf<Body>;
	readonly draft: VersionOf<Body> | null;
	readonly changes: RuleChangeMessage[];
	readonly warnings: RuleRemarkMessage[];
}

/** What somebody wants the draft to be. */
export type DraftOf<Body> = Body & { readonly baseVersion: number; readonly revision: number };

/** How it is after a change, or after one that was refused. */
export interface OutcomeOf<Body> {
	readonly state: StateOf<Body>;
	readonly problem?: Problem;
	readonly faults: RuleRemarkMessage[];
}

export const PublishDraft = Type.Object(
	{
		version: Position,
		revision: Position,
		/** Why, for those who read the history. */
		note: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }),
	},
	{ additionalProperties: false },
);
export type PublishDraft = Readonly<Static<typeof PublishDraft>>;

export const DiscardDraft = Type.Object({ revision: Position }, { additionalProperties: false });
export const VersionQuestion = Type.Object({ version: Position }, { additionalProperties: false });

/** One thing that somebody did to the rules. */
export const RulesHistoryEntry = Type.Object({
	at: Instant,
	by: ShortText,
	action: OneOf(['saved', 'published', 'discarded']),
	version: Position,
	note: LongText,
	changes: Type.Array(RuleChangeMessage),
});
export type RulesHistoryEntry = Readonly<Static<typeof RulesHistoryEntry>>;

/** What rules may name. */
const RuleChoices = Type.Object({
	departments: Type.Array(ShortText),
	brands: Type.Array(ShortText),
	channels: Type.Array(ShortText),
	/** Of the catalog's prices. */
	currencies: Type.Array(ShortText),
	sites: Type.Array(Type.Pick(Site, ['id', 'name', 'kind', 'town', 'country'])),
});
export type RuleChoices = Readonly<Static<typeof RuleChoices>>;

/** Everything that somebody who works on rules needs to see. */
export interface DeskOf<Body> {
	readonly state: StateOf<Body>;
	readonly versions: RuleSetSummary[];
	readonly history: RulesHistoryEntry[];
	readonly choices: RuleChoices;
}
/** A version with what it changed; without a version where there is none. */
export interface FoundVersion<Body> {
	readonly version?: VersionOf<Body>;
	readonly changes: RuleChangeMessage[];
}

export const refusal = {
	/** Why nothing was done; absent when it was. */
	problem: Type.Optional(Problem),
	/** Everything that is wrong with the rules, when that is why. */
	faults: Type.Array(RuleRemarkMessage),
};

/** The messages about rules of one kind. @param properties of what a version says */
export function versionMessages<const Properties extends TProperties>(properties: Properties) {
	const Version = Type.Object({ ...versionFields, ...properties });
	/** The rules that hold now, and the draft if there is one. */
	const State = Type.Object({
		published: Version,
		draft: Type.Union([Version, Type.Null()]),
		/** What the draft would change. */
		changes: Type.Array(RuleChangeMessage),
		warnings: Type.Array(RuleRemarkMessage),
	});
	const SaveDraft = Type.Object(
		{
			/** The published version from which its author began. */
			baseVersion: Position,
			/** The draft's revision that its author had seen; 0 when there was no draft. */
			revision: Position,
			...properties,
		},
		{ additionalProperties: false },
	);
	/** Everything that somebody who works on the rules needs to see. */
	const Desk = Type.Object({
		state: State,
		versions: Type.Array(RuleSetSummary),
		history: Type.Array(RulesHistoryEntry),
		choices: RuleChoices,
	});
	/** How the rules are after a change, or after one that was refused. */
	const Outcome = Type.Object({ state: State, ...refusal });
	/** A version with what it changed; both absent where there is no such version. */
	const VersionOutcome = Type.Object({ version: Type.Optional(Version), changes: Type.Array(RuleChangeMessage) });
	return { Version, State, SaveDraft, Desk, Outcome, VersionOutcome };
}
