import { useEffect, useRef } from 'react';
import { afterTyping } from '../../scanning/index.ts';
import { isDialogOpen } from '../../ui/index.ts';

export interface AnswerKeys {
	/** A digit from 1 to 9, pressed by hand. */
	readonly onDigit: (digit: number) => void;
	/** The arrow keys up (-1) and down (1). */
	readonly onMove: (step: -1 | 1) => void;
}

/** Answers on digits and moves between goods with arrows, wherever the focus is; never out of a text field, a list or a dialog. */
export function useAnswerKeys(keys: AnswerKeys): void {
	const latest = useRef(keys);
	latest.current = keys;
	useEffect(() => {
		let cancel = () => {};
		const pressed = (event: KeyboardEvent) => {
			if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
			const { target } = event;
			const isTaken = target instanceof Element && target.closest('input, textarea, [role="listbox"]') !== null;
			if (isTaken || isDialogOpen()) return;
			if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
				event.preventDefault();
				latest.current.onMove(event.key === 'ArrowUp' ? -1 : 1);
			}
			if (!/^[1-9]$/.test(event.key)) return;
			cancel();
			cancel = afterTyping(() => latest.current.onDigit(Number(event.key)));
		};
		window.addEventListener('keydown', pressed);
		return () => {
			cancel();
			window.removeEventListener('keydown', pressed);
		};
	}, []);
}
