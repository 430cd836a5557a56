import { ruleFaults, ruleWarnings } from '../../../shared/domain/check-rules.ts';
import { ruleChanges } from '../../../shared/domain/rule-changes.ts';
import type { VersionOf } from '../../../shared/protocol/version-messages.ts';
import { noRules, type PublishedRules, type RuleSet } from '../../../shared/schema/promising-rules.ts';
import { DocumentWriter, siteStream } from '../../database/documents.ts';
import { listSites } from '../routing/sites.ts';
import { readKnownNames, wordedRules } from './check-rule-set.ts';
import type { RulesSubject } from './rules-subject.ts';

/** What is kept back, and who may collect or be shipped to. Every site hears of it, for what its devices promise themselves. */
export const promisingSubject: RulesSubject<RuleSet> = {
	name: 'promising',
	first: noRules,
	bodyOf: ({ rules, groups }) => ({ rules, groups }),
	changes: ruleChanges,
	check: async (db, ruleSet, today) => {
		const known = await readKnownNames(db, {
			products: ruleSet.rules.map(({ products }) => products),
			channels: ruleSet.rules.flatMap(({ channels }) => channels ?? []),
		});
		return wordedRules(ruleFaults(ruleSet, known), ruleWarnings(ruleSet, known, today));
	},
	tell: async (transaction, published) => {
		const documents = new DocumentWriter();
		const document = publishedRules(published);
		for (const { id, kind } of await listSites(transaction)) {
			if (kind !== 'supplier') documents.put(siteStream(id), 'meta', document.id, document);
		}
		await documents.publish(transaction);
	},
};

/** The published rules as devices hold them. */
export function publishedRules(published: VersionOf<RuleSet>): PublishedRules {
	const { version, publishedAt = '', publishedBy = '', note, rules, groups } = published;
	return { id: 'promising-rules', kind: 'rules', version, publishedAt, publishedBy, note, rules, groups };
}
