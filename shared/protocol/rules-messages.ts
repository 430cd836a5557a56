import { type Static, Type } from 'typebox';
import { Count, Id, Instant, LongText, OneOf, PlainDate, Position, ShortText } from '../schema/field.ts';
import { methods } from '../schema/order.ts';
import { RuleSet } from '../schema/promising-rules.ts';
import { Site } from '../schema/site.ts';
import { Problem } from './messages.ts';

/** A remark on a rule set: a code for catalogs, where it is, and the whole of it in English. */
export const RuleRemarkMessage = Type.Object({
	code: ShortText,
	where: ShortText,
	name: ShortText,
	value: Type.Optional(ShortText),
	message: LongText,
});

/** What changed, for people: places count from 1; fields are named as in the rule. */
export const RuleChangeMessage = Type.Object({
	change: OneOf(['added', 'removed', 'changed', 'moved', 'group_added', 'group_removed', 'group_changed']),
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
export const RuleSetSummary = Type.Object(versionFields);
export type RuleSetSummary = Readonly<Static<typeof RuleSetSummary>>;
export const RuleSetVersion = Type.Object({ ...versionFields, ...RuleSet.properties });
export type RuleSetVersion = Readonly<Static<typeof RuleSetVersion>>;

/** The rules that hold now, and the draft if there is one. */
export const RulesState = Type.Object({
	published: RuleSetVersion,
	draft: Type.Union([RuleSetVersion, Type.Null()]),
	/** What the draft would change. */
	changes: Type.Array(RuleChangeMessage),
	warnings: Type.Array(RuleRemarkMessage),
});
export type RulesState = Readonly<Static<typeof RulesState>>;

export const SaveDraft = Type.Object(
	{
		/** The published version from which its author began. */
		baseVersion: Position,
		/** The draft's revision that its author had seen; 0 when there was no draft. */
		revision: Position,
		...RuleSet.properties,
	},
	{ additionalProperties: false },
);
export type SaveDraft = Readonly<Static<typeof SaveDraft>>;

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

/** A channel that some rule names, or null for all others. */
const Channel = Type.Union([ShortText, Type.Null()]);
const MethodName = OneOf(methods);

export const PreviewQuestion = Type.Object(
	{
		/** The tables are of this channel and method; of those with the largest change when absent. */
		channel: Type.Optional(Channel),
		method: Type.Optional(MethodName),
		/** The day on which it would be; today at each site when absent. */
		on: Type.Optional(PlainDate),
	},
	{ additionalProperties: false },
);
export type PreviewQuestion = Readonly<Static<typeof PreviewQuestion>>;

const beforeAndAfter = { unitsBefore: Count, unitsAfter: Count };
const skuCounts = { skusLost: Count, skusGained: Count };

/**
 * What a draft would do to what is sellable now: units on hand that are not claimed, before and after. SKUs are lost that no site could
 * sell any more, and gained that none could sell before.
 */
export const RulesPreview = Type.Object({
	asOf: Instant,
	baseVersion: Position,
	/** Positions that were looked at. */
	positions: Count,
	/** Every channel that the rules tell apart, by each method. */
	ways: Type.Array(Type.Object({ channel: Channel, method: MethodName, ...beforeAndAfter, ...skuCounts })),
	shown: Type.Object({ channel: Channel, method: MethodName }),
	sites: Type.Array(Type.Object({ siteId: Id, siteName: ShortText, ...beforeAndAfter, ...skuCounts })),
	departments: Type.Array(Type.Object({ department: ShortText, ...beforeAndAfter, ...skuCounts })),
	/** The SKUs with the largest changes. */
	skus: Type.Array(Type.Object({ sku: Id, name: ShortText, ...beforeAndAfter })),
	/** The positions with the largest changes, and the rules that would decide them. */
	largest: Type.Array(
		Type.Object({
			siteId: Id,
			siteName: ShortText,
			sku: Id,
			name: ShortText,
			...beforeAndAfter,
			because: Type.Array(ShortText),
		}),
	),
	/** Promises that were made and stay: what the draft would not have allowed of them. */
	promises: Type.Object({
		/** Units reserved or given out as selling rights that lie within the new safety stock, at so many positions. */
		reservedUnits: Count,
		rightUnits: Count,
		positions: Count,
		/** Open fulfillment orders at sites that would not be eligible for them any more. */
		fulfillmentOrders: Count,
		fulfillmentUnits: Count,
	}),
	warnings: Type.Array(RuleRemarkMessage),
});
export type RulesPreview = Readonly<Static<typeof RulesPreview>>;

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

/** Everything that somebody who works on the rules needs to see. */
export const RulesDesk = Type.Object({
	state: RulesState,
	versions: Type.Array(RuleSetSummary),
	history: Type.Array(RulesHistoryEntry),
	/** What rules may name. */
	choices: Type.Object({
		departments: Type.Array(ShortText),
		brands: Type.Array(ShortText),
		channels: Type.Array(ShortText),
		/** Of the catalog's prices. */
		currencies: Type.Array(ShortText),
		sites: Type.Array(Type.Pick(Site, ['id', 'name', 'kind', 'town'])),
	}),
});
export type RulesDesk = Readonly<Static<typeof RulesDesk>>;

const refusal = {
	/** Why nothing was done; absent when it was. */
	problem: Type.Optional(Problem),
	/** Everything that is wrong with the rules, when that is why. */
	faults: Type.Array(RuleRemarkMessage),
};

/** How the rules are after a change, or after one that was refused. */
export const RulesOutcome = Type.Object({ state: RulesState, ...refusal });
export type RulesOutcome = Readonly<Static<typeof RulesOutcome>>;

export const PreviewOutcome = Type.Object({ preview: Type.Optional(RulesPreview), ...refusal });
export type PreviewOutcome = Readonly<Static<typeof PreviewOutcome>>;

export const VersionQuestion = Type.Object({ version: Position }, { additionalProperties: false });
/** A version with what it changed; both absent where there is no such version. */
export const VersionOutcome = Type.Object({
	version: Type.Optional(RuleSetVersion),
	changes: Type.Array(RuleChangeMessage),
});
export type VersionOutcome = Readonly<Static<typeof VersionOutcome>>;

export const DiscardDraft = Type.Object({ revision: Position }, { additionalProperties: false });
