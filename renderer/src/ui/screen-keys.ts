import { useLayoutEffect, useRef } from 'react';

/** What a screen does with one key. */
export interface KeyAction {
	/** As `KeyboardEvent.key` says it: F4, Escape, Enter. */
	readonly key: string;
	readonly onAct: () => void;
	readonly disabled?: boolean | undefined;
}

const ownEnter = 'button, a[href], summary, textarea, select, [role="option"], [role="menuitem"], [role="radio"]';

/** True while a dialog is open: the keys are its own. */
export function isDialogOpen(): boolean {
	return document.querySelector('[role="dialog"][aria-modal="true"], [role="alertdialog"]') !== null;
}

function isFieldThatTakes(key: string, target: EventTarget | null): boolean {
	if (!(target instanceof Element)) return false;
	if (key === 'Enter') return target.closest(ownEnter) !== null;
	return false;
}

/**
 * Listens to the whole window for the keys of the screen on top. A key that a field or a dialog has handled
 * (`preventDefault`) is left alone; Enter on a button presses that button.
 */
export function useScreenKeys(actions: readonly KeyAction[]): void {
	const latest = useRef(actions);
	latest.current = actions;
	// Before the paint: keys that were pressed while the screen was coming are given to it as soon as it is there.
	useLayoutEffect(() => {
		// A dialog closes itself while the key is on its way: what counts is whether it was open before.
		let dialogWasOpen = false;
		const before = () => {
			dialogWasOpen = isDialogOpen();
		};
		const pressed = (event: KeyboardEvent) => {
			if (event.defaultPrevented || dialogWasOpen || event.ctrlKey || event.altKey || event.metaKey) return;
			const action = latest.current.find((each) => each.key === event.key);
			if (action === undefined || isFieldThatTakes(event.key, event.target)) return;
			event.preventDefault();
			if (!event.repeat && action.disabled !== true) action.onAct();
		};
		window.addEventListener('keydown', before, { capture: true });
		window.addEventListener('keydown', pressed);
		return () => {
			window.removeEventListener('keydown', before, { capture: true });
			window.removeEventListener('keydown', pressed);
		};
	}, []);
}
