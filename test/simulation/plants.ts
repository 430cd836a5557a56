import type { Central, JournalFolder, Replica, SecretStore } from '../../shared/device/ports.ts';
import type { DecisionKind } from './decision.ts';
import type { StatementFilter } from './one-connection-driver.ts';
import type { Invariant } from './violation.ts';

/**
 * One broken rule. It stands between the real parts, in the ports that join them and in the SQL on its way to PostgreSQL, so that
 * the code which is shipped knows nothing of it.
 */
export interface Plant {
	/** What the mistake is. */
	readonly words: string;
	/** By which invariant it is caught. */
	readonly caughtBy: readonly Invariant[];
	/** The seed whose story has shown it, where the first ones don't: the search begins there. */
	readonly shownBy?: number;
	/** The bad luck that it takes to show it, where the seeds' own would take long. */
	readonly faults?: readonly DecisionKind[];
	readonly folder?: (folder: JournalFolder) => JournalFolder;
	readonly secrets?: (secrets: SecretStore) => SecretStore;
	readonly central?: (central: Central) => Central;
	readonly replica?: (replica: Replica) => Replica;
	readonly statement?: StatementFilter;
}

/** Changes one part of a statement. A statement that is changed, but no longer has that part, must not pass for a caught bug. */
function altered(name: RegExp, changes: readonly (readonly [string, string])[]): StatementFilter {
	return (statement) => {
		if (!name.test(statement)) return statement;
		const planted = changes.reduce((text, [part, instead]) => text.replaceAll(part, instead), statement);
		if (planted === statement) throw new Error(`The plant finds nothing to change in: ${statement}`);
		return planted;
	};
}

export const plants = {
	skip_checkpoint: {
		words: "a page's checkpoint is stored, its documents are not",
		caughtBy: ['replica'],
		replica: (replica) => {
			let pages = 0;
			return {
				...replica,
				store: (...args) =>
					replica.store(
						...withPage(args, (page) => {
							pages += 1;
							return pages % 3 === 0 ? { ...page, documents: [] } : page;
						}),
					),
			};
		},
	},
	forget_tombstone: {
		words: 'documents that left the stream are not taken out of the replica',
		caughtBy: ['replica'],
		shownBy: 2,
		replica: (replica) => ({
			...replica,
			store: (...args) =>
				replica.store(
					...withPage(args, (page) => ({ ...page, documents: page.documents.filter(({ deleted }) => !deleted) })),
				),
		}),
	},
	skip_position: {
		words: 'central leaves the document right after a checkpoint out',
		caughtBy: ['replica'],
		statement: altered(/LATERAL[\s\S]*FROM stream_document/, [['position > $2', 'position > $2 + 1']]),
	},
	drop_idempotency: {
		words: 'some operations take effect, and central forgets that it has taken them in',
		caughtBy: ['exactly_once', 'lane_order', 'ledger', 'quiescence', 'projection', 'crash'],
		statement: altered(/^\s*WITH locked[\s\S]*INSERT INTO operation/, [
			['WHERE id = $9', 'WHERE id = $9 AND $10::bigint % 4 <> 0'],
			['FROM here\n\t), ordered', 'FROM here WHERE $10::bigint % 4 <> 0\n\t), ordered'],
		]),
	},
	out_of_order: {
		words: 'the sender sends its operations the other way round',
		caughtBy: ['quiescence'],
		shownBy: 6,
		central: (central) => ({ ...central, push: (operations) => central.push([...operations].reverse()) }),
	},
	acknowledge_before_flush: {
		words: 'the journal says saved before the disk does',
		caughtBy: ['exactly_once'],
		shownBy: 3,
		folder: (folder) => ({
			...folder,
			open: async (name) => ({ ...(await folder.open(name)), flush: async () => undefined }),
		}),
	},
	lose_carry_over: {
		words: 'a device forgets what the lane before had not sent',
		caughtBy: ['exactly_once'],
		shownBy: 24,
		faults: ['copy_disk', 'cut_off', 'outage'],
		folder: (folder) => {
			// The list that is asked for after journals were opened is that of an enrollment, which looks for other lanes.
			let isEnrolling = false;
			return {
				...folder,
				open: (name) => {
					isEnrolling = true;
					return folder.open(name);
				},
				list: async () => {
					const names = await folder.list();
					const hidden = isEnrolling;
					isEnrolling = false;
					return hidden ? [] : names;
				},
			};
		},
	},
	double_allocate: {
		words: 'central promises units that others were promised',
		caughtBy: ['promise', 'ledger'],
		// Where it chooses a site, and where it looks once more under lock.
		statement: altered(/AS question, stock_position AS position|SELECT site_id, sku, position\.available, coalesce/, [
			['THEN position.available ELSE', 'THEN position.available + 3 ELSE'],
			['sku, position.available, coalesce', 'sku, position.available + 3 AS available, coalesce'],
		]),
	},
	forget_own_seq: {
		words: 'the projection keeps operations whose effects are in the replica',
		caughtBy: ['projection', 'quiescence'],
		central: (central) => ({
			...central,
			pull: async (...args) => {
				const answer = await central.pull(...args);
				if (!answer.ok || answer.value.ownSeq === undefined) return answer;
				return { ok: true, value: { ...answer.value, ownSeq: Math.max(0, answer.value.ownSeq - 1) } };
			},
		}),
	},
	hide_refusal: {
		words: 'a refusal is told to the device as a success',
		caughtBy: ['silence'],
		// Where people are in each other's way, requests are refused enough.
		faults: [],
		central: (central) => ({
			...central,
			push: async (operations) => {
				const answer = await central.push(operations);
				if (!answer.ok) return answer;
				const outcomes = answer.value.outcomes.map((outcome) =>
					outcome.outcome === 'refused' ? { ...outcome, outcome: 'applied' as const } : outcome,
				);
				return { ok: true, value: { ...answer.value, outcomes } };
			},
		}),
	},
	grant_without_claim: {
		words: 'central gives rights out and sets nothing aside for them',
		caughtBy: ['right'],
		statement: altered(/^INSERT INTO stock_claim/, [['GROUP BY', "WHERE $6 <> 'right' GROUP BY"]]),
	},
	free_before_release: {
		words: 'central promises what it has asked back before the device has given it back',
		caughtBy: ['promise'],
		shownBy: 10,
		faults: ['cut_off', 'cut_site'],
		statement: altered(/FROM stock_claim AS claim\s+WHERE claim\.sku = position\.sku/, [
			[
				'WHERE claim.sku = position.sku',
				`WHERE NOT EXISTS (
					SELECT FROM stock_document, jsonb_array_elements(body -> 'shares') AS share
					WHERE id = 'right:' || claim.site_id || ':' || claim.sku
						AND share ->> 'deviceId' = claim.holder_id AND (share ->> 'recall')::int > 0
				) AND claim.sku = position.sku`,
			],
		]),
	},
	forget_uses: {
		words: 'a device that starts again forgets what it has used of its rights',
		caughtBy: ['right'],
		shownBy: 5,
		faults: ['kill', 'cut_site'],
		replica: (replica) => ({
			...replica,
			rights: async (generation) =>
				(await replica.rights(generation)).map((right) => ({
					...right,
					shares: right.shares.map((share) => ({ ...share, used: 0 })),
				})),
		}),
	},
	one_sided_movement: {
		words: 'goods leave the site and arrive nowhere',
		caughtBy: ['ledger'],
		statement: altered(/INSERT INTO outside_position/, [
			['outside_position.customer + excluded.customer', 'outside_position.customer'],
		]),
	},
} satisfies Record<string, Plant>;

export type PlantName = keyof typeof plants;
export const plantNames = Object.keys(plants) as readonly PlantName[];
export const isPlantName = (name: string): name is PlantName => Object.hasOwn(plants, name);

type StoreArguments = Parameters<Replica['store']>;
type Page = Extract<StoreArguments[number], { readonly documents: unknown }>;

/** The arguments of `store` with another page in its place. */
function withPage(args: StoreArguments, change: (page: Page) => Page): StoreArguments {
	return args.map((each) => (typeof each === 'object' && 'documents' in each ? change(each) : each)) as StoreArguments;
}
