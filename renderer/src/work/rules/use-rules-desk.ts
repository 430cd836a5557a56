import { useCallback, useEffect, useState } from 'react';
import type { AskResult } from '../../../../shared/device/device-client.ts';
import type { QuestionKind, QuestionOf } from '../../../../shared/protocol/questions.ts';
import type {
	DeskOf,
	DraftOf,
	FoundVersion,
	OutcomeOf,
	PublishDraft,
} from '../../../../shared/protocol/version-messages.ts';
import type { RuleSet } from '../../../../shared/schema/promising-rules.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import { openDeviceClient } from '../../device/index.ts';

export type RulesQuestion = Extract<QuestionKind, `rules_${string}` | `routing_rules_${string}` | 'routing_runs'>;

/** Central's answer, or why there is none. */
type Asked<Answer> =
	| { readonly ok: true; readonly answer: Answer }
	| { readonly ok: false; readonly reason: 'unreachable' | 'refused' };

/** Asks central about rules, as whoever is signed in. */
export async function askRules<K extends RulesQuestion>(kind: K, question: QuestionOf<K>): Promise<AskResult<K>> {
	try {
		return await (await openDeviceClient()).ask(kind, question);
	} catch (error) {
		console.error('The device core did not ask about the rules', error);
		return { ok: false, reason: 'refused', message: String(error) };
	}
}

/** What can be asked and done about rules of one kind. */
export interface DeskQuestions<Body> {
	readonly look: () => Promise<Asked<DeskOf<Body>>>;
	readonly save: (draft: DraftOf<Body>) => Promise<Asked<OutcomeOf<Body>>>;
	readonly discard: (revision: number) => Promise<Asked<OutcomeOf<Body>>>;
	readonly publish: (asked: PublishDraft) => Promise<Asked<OutcomeOf<Body>>>;
	readonly version: (version: number) => Promise<Asked<FoundVersion<Body>>>;
}

export const promisingQuestions: DeskQuestions<RuleSet> = {
	look: () => askRules('rules_look', {}),
	save: (draft) => askRules('rules_save', draft),
	discard: (revision) => askRules('rules_discard', { revision }),
	publish: (asked) => askRules('rules_publish', asked),
	version: (version) => askRules('rules_version', { version }),
};
export const routingQuestions: DeskQuestions<RoutingSet> = {
	look: () => askRules('routing_rules_look', {}),
	save: (draft) => askRules('routing_rules_save', draft),
	discard: (revision) => askRules('routing_rules_discard', { revision }),
	publish: (asked) => askRules('routing_rules_publish', asked),
	version: (version) => askRules('routing_rules_version', { version }),
};

export type DeskState<Body> =
	| { readonly kind: 'asking' }
	/** Central can't be asked now. */
	| { readonly kind: 'away' }
	| { readonly kind: 'refused' }
	| { readonly kind: 'open'; readonly desk: DeskOf<Body> };

export type ChangeAnswer<Body> = OutcomeOf<Body> | 'unreachable' | 'refused';

export interface RulesDeskView<Body> {
	readonly state: DeskState<Body>;
	readonly questions: DeskQuestions<Body>;
	readonly reload: () => void;
	/** Shows the rules as they are after a change, whether it was done or not. */
	readonly change: (asked: Promise<Asked<OutcomeOf<Body>>>) => Promise<ChangeAnswer<Body>>;
}

/** The rules as central has them now. Nothing is asked while `isAllowed` is false. */
export function useRulesDesk<Body>(questions: DeskQuestions<Body>, isAllowed: boolean): RulesDeskView<Body> {
	const [state, setState] = useState<DeskState<Body>>({ kind: 'asking' });
	const [turn, setTurn] = useState(0);
	useEffect(() => {
		if (!isAllowed) return;
		// Asked anew after each change: its number is only a reason to ask.
		let isCurrent = turn >= 0;
		void questions.look().then((asked) => {
			if (!isCurrent) return;
			if (asked.ok) setState({ kind: 'open', desk: asked.answer });
			else setState({ kind: asked.reason === 'unreachable' ? 'away' : 'refused' });
		});
		return () => {
			isCurrent = false;
		};
	}, [questions, isAllowed, turn]);
	const reload = useCallback(() => setTurn((before) => before + 1), []);
	const change = useCallback(
		async (pending: Promise<Asked<OutcomeOf<Body>>>): Promise<ChangeAnswer<Body>> => {
			const asked = await pending;
			if (!asked.ok) return asked.reason;
			const { answer } = asked;
			setState((before) =>
				before.kind === 'open' ? { kind: 'open', desk: { ...before.desk, state: answer.state } } : before,
			);
			reload();
			return answer;
		},
		[reload],
	);
	return { state, questions, reload, change };
}
