import type { ReactNode } from 'react';
import type { RuleChangeMessage, RuleChoices } from '../../../../shared/protocol/version-messages.ts';
import type { GroupUse } from './group-form.ts';
import type { DeskQuestions } from './use-rules-desk.ts';

/** What rules of every kind have. */
export interface NamedRule {
	readonly id: string;
	readonly name: string;
}

/** What a version of rules of every kind has. */
export interface RulesBody<Rule> {
	readonly rules: Rule[];
	readonly groups: { readonly name: string; readonly siteIds: string[] }[];
}

/** What the dialog of one rule needs. */
export interface RuleDialogProps<Body, Rule> {
	/** Null for a new one. */
	readonly rule: Rule | null;
	/** What a new one begins with. */
	readonly template?: Rule | undefined;
	readonly newId: string;
	/** The set in which it stands or is to stand. */
	readonly body: Body;
	/** Its place now, from 1, and how many the list then has. */
	readonly place: number;
	readonly places: number;
	readonly choices: RuleChoices;
	/** Why it was not saved. */
	readonly problem: string | null;
	readonly onSave: (rule: Rule, place: number) => void;
	readonly onRemove: () => void;
	readonly onClose: () => void;
}

/** What the dialog of the costs needs. */
export interface CostsDialogProps<Body> {
	readonly body: Body;
	/** Why they were not saved. */
	readonly problem: string | null;
	readonly onSave: (body: Body) => void;
	readonly onClose: () => void;
}

/** What tells the desk of one kind of rules from that of another. */
export interface DeskPart<Body extends RulesBody<Rule>, Rule extends NamedRule> {
	readonly name: 'promising' | 'routing';
	readonly questions: DeskQuestions<Body>;
	/** Only what a version says, of something that says more. */
	readonly bodyOf: (from: Body) => Body;
	readonly groupUse: GroupUse<Rule>;
	/** What an empty list may begin with. @param name in the user's language */
	readonly example: (name: string) => Rule;
	/** The two lines of a rule in the list. */
	readonly linesOf: (rule: Rule, body: Body) => readonly [string, string];
	readonly changeText: (change: RuleChangeMessage, body: Body) => string;
	readonly dialog: (props: RuleDialogProps<Body, Rule>) => ReactNode;
	readonly preview?: ((revision: number) => ReactNode) | undefined;
	readonly costs?: ((props: CostsDialogProps<Body>) => ReactNode) | undefined;
}
