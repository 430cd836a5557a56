import { useCallback, useEffect, useState } from 'react';
import type { AskResult } from '../../../../shared/device/device-client.ts';
import type { QuestionOf } from '../../../../shared/protocol/questions.ts';
import type { RulesDesk, RulesOutcome } from '../../../../shared/protocol/rules-messages.ts';
import { openDeviceClient } from '../../device/index.ts';

export type RulesQuestion =
	| 'rules_look'
	| 'rules_save'
	| 'rules_discard'
	| 'rules_publish'
	| 'rules_preview'
	| 'rules_version';

export type DeskState =
	| { readonly kind: 'asking' }
	/** Central can't be asked now. */
	| { readonly kind: 'away' }
	| { readonly kind: 'refused' }
	| { readonly kind: 'open'; readonly desk: RulesDesk };

/** Asks central about the rules, as whoever is signed in. */
export async function askRules<K extends RulesQuestion>(kind: K, question: QuestionOf<K>): Promise<AskResult<K>> {
	try {
		return await (await openDeviceClient()).ask(kind, question);
	} catch (error) {
		console.error('The device core did not ask about the rules', error);
		return { ok: false, reason: 'refused', message: String(error) };
	}
}

type Change = 'rules_save' | 'rules_discard' | 'rules_publish';
export type ChangeAnswer = RulesOutcome | 'unreachable' | 'refused';

export interface RulesDeskView {
	readonly state: DeskState;
	readonly reload: () => void;
	/** Asks for a change, and shows the rules as they are afterwards, whether it was done or not. */
	readonly change: <K extends Change>(kind: K, question: QuestionOf<K>) => Promise<ChangeAnswer>;
}

/** The rules as central has them now. Nothing is asked while `isAllowed` is false. */
export function useRulesDesk(isAllowed: boolean): RulesDeskView {
	const [state, setState] = useState<DeskState>({ kind: 'asking' });
	const [turn, setTurn] = useState(0);
	useEffect(() => {
		if (!isAllowed) return;
		// Asked anew after each change: its number is only a reason to ask.
		let isCurrent = turn >= 0;
		void askRules('rules_look', {}).then((asked) => {
			if (!isCurrent) return;
			if (asked.ok) setState({ kind: 'open', desk: asked.answer });
			else setState({ kind: asked.reason === 'unreachable' ? 'away' : 'refused' });
		});
		return () => {
			isCurrent = false;
		};
	}, [isAllowed, turn]);
	const reload = useCallback(() => setTurn((before) => before + 1), []);
	const change = useCallback(
		async <K extends Change>(kind: K, question: QuestionOf<K>): Promise<ChangeAnswer> => {
			const asked = await askRules(kind, question);
			if (!asked.ok) return asked.reason;
			const answer: RulesOutcome = asked.answer;
			setState((before) =>
				before.kind === 'open' ? { kind: 'open', desk: { ...before.desk, state: answer.state } } : before,
			);
			reload();
			return answer;
		},
		[reload],
	);
	return { state, reload, change };
}
