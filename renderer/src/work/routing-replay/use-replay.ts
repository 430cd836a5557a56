import { useCallback, useEffect, useRef, useState } from 'react';
import type { AskResult } from '../../../../shared/device/device-client.ts';
import type { QuestionOf } from '../../../../shared/protocol/questions.ts';
import type { ReplayChoices, ReplayComparison, ReplayRequest } from '../../../../shared/protocol/replay-messages.ts';
import { openDeviceClient } from '../../device/index.ts';

type ReplayKind = 'replay_choices' | 'replay_start' | 'replay_look' | 'replay_stop';

async function askReplay<K extends ReplayKind>(kind: K, question: QuestionOf<K>): Promise<AskResult<K>> {
	try {
		return await (await openDeviceClient()).ask(kind, question);
	} catch (error) {
		console.error('The device core did not ask about a replay', error);
		return { ok: false, reason: 'refused', message: String(error) };
	}
}

export type ChoicesState =
	| { readonly kind: 'asking' | 'unreachable' | 'refused' }
	| { readonly kind: 'here'; readonly choices: ReplayChoices };

/** What can be replayed, as central knows it now. Nothing is asked while `isAllowed` is false. */
export function useReplayChoices(isAllowed: boolean): { readonly state: ChoicesState; readonly reload: () => void } {
	const [state, setState] = useState<ChoicesState>({ kind: 'asking' });
	const [turn, setTurn] = useState(0);
	useEffect(() => {
		if (!isAllowed) return;
		let isCurrent = turn >= 0;
		void askReplay('replay_choices', {}).then((asked) => {
			if (!isCurrent) return;
			setState(asked.ok ? { kind: 'here', choices: asked.answer } : { kind: asked.reason });
		});
		return () => {
			isCurrent = false;
		};
	}, [isAllowed, turn]);
	const reload = useCallback(() => {
		setState({ kind: 'asking' });
		setTurn((before) => before + 1);
	}, []);
	return { state, reload };
}

export type ReplayRun =
	| { readonly kind: 'none' | 'stopped' | 'unreachable' | 'refused' | 'unknown' }
	| { readonly kind: 'running'; readonly done: number; readonly of: number }
	| { readonly kind: 'failed'; readonly error: string; readonly message: string }
	| { readonly kind: 'done'; readonly comparison: ReplayComparison };

const lookEveryMs = 700;

/** Runs one replay at a time, and calls it off when it is stopped or the screen is left. */
export function useReplayRun() {
	const [run, setRun] = useState<ReplayRun>({ kind: 'none' });
	/** The one whose answers count; null while none does. */
	const current = useRef<{ replayId: string | null } | null>(null);

	const abandon = useCallback(() => {
		const replayId = current.current?.replayId ?? null;
		current.current = null;
		if (replayId !== null) void askReplay('replay_stop', { replayId });
	}, []);
	useEffect(() => abandon, [abandon]);

	const stop = useCallback(() => {
		abandon();
		setRun({ kind: 'stopped' });
	}, [abandon]);

	const start = useCallback(
		async (request: ReplayRequest) => {
			abandon();
			const own: { replayId: string | null } = { replayId: null };
			current.current = own;
			const isCurrent = () => current.current === own;
			const end = (state: ReplayRun) => {
				if (!isCurrent()) return;
				current.current = null;
				setRun(state);
			};
			setRun({ kind: 'running', done: 0, of: 0 });
			const started = await askReplay('replay_start', request);
			if (!started.ok) return end({ kind: started.reason });
			const { replayId, problem } = started.answer;
			if (replayId === undefined) {
				return end({ kind: 'failed', error: problem?.error ?? '', message: problem?.message ?? '' });
			}
			if (!isCurrent()) {
				void askReplay('replay_stop', { replayId });
				return;
			}
			own.replayId = replayId;
			while (isCurrent()) {
				const looked = await askReplay('replay_look', { replayId });
				if (!looked.ok) return end({ kind: looked.reason });
				const { state, done, of, comparison, problem: found } = looked.answer;
				if (state === 'done' && comparison !== undefined) return end({ kind: 'done', comparison });
				if (state === 'failed')
					return end({ kind: 'failed', error: found?.error ?? '', message: found?.message ?? '' });
				if (state !== 'running') return end({ kind: state === 'stopped' ? 'stopped' : 'unknown' });
				if (isCurrent()) setRun({ kind: 'running', done, of });
				await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
			}
		},
		[abandon],
	);
	return { run, start, stop };
}
