import { useEffect, useRef } from 'react';
import { isDialogOpen } from '../../ui/index.ts';

const ownArrows = 'input, textarea, select, [role="listbox"], [role="radiogroup"]';

/** The arrow keys move along the lines of the basket, unless a field has them. */
export function useBasketKeys(onMove: (step: 1 | -1) => void): void {
	const latest = useRef(onMove);
	latest.current = onMove;
	useEffect(() => {
		const pressed = (event: KeyboardEvent) => {
			const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
			if (step === null || event.defaultPrevented || isDialogOpen()) return;
			if (event.target instanceof Element && event.target.closest(ownArrows) !== null) return;
			event.preventDefault();
			latest.current(step);
		};
		window.addEventListener('keydown', pressed);
		return () => window.removeEventListener('keydown', pressed);
	}, []);
}
