import { type Static, Type } from 'typebox';
import { Count, Id, Instant, OneOf, PlainDate, Position, ShortText } from '../schema/field.ts';
import { methods } from '../schema/order.ts';
import { RuleSet } from '../schema/promising-rules.ts';
import { RuleRemarkMessage, refusal, versionMessages } from './version-messages.ts';

/** The versions of the rules of promising, and the work on them. */
export const rulesMessages = versionMessages(RuleSet.properties);
export type RulesState = Readonly<Static<(typeof rulesMessages)['State']>>;
export type SaveDraft = Readonly<Static<(typeof rulesMessages)['SaveDraft']>>;
export type RulesDesk = Readonly<Static<(typeof rulesMessages)['Desk']>>;
export type RulesOutcome = Readonly<Static<(typeof rulesMessages)['Outcome']>>;

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

export const PreviewOutcome = Type.Object({ preview: Type.Optional(RulesPreview), ...refusal });
export type PreviewOutcome = Readonly<Static<typeof PreviewOutcome>>;
