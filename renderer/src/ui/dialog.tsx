import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { focusScreen } from './screen.tsx';

interface DialogProps {
	readonly title: string;
	/** Its width; as wide as a question without it. */
	readonly size?: string;
	readonly onClose: () => void;
	readonly children: ReactNode;
}

/** A window over the screen, shown while it is rendered. When it goes, the focus is again where it was, and the keyboard goes on from there. */
export function Dialog({ title, size = 'lg', onClose, children }: DialogProps) {
	const [before] = useState(() => document.activeElement);
	useEffect(() => () => giveFocusBack(before), [before]);
	return (
		<Modal opened onClose={onClose} title={title} size={size}>
			{children}
		</Modal>
	);
}

function giveFocusBack(before: Element | null): void {
	// Later: a dialog or a screen that comes in its place has taken the focus by then.
	window.setTimeout(() => {
		if (document.activeElement !== document.body) return;
		// A button that has led here gets none: Enter would press it again in place of going on.
		const isGone = !(before instanceof HTMLElement) || !before.isConnected || before === document.body;
		if (isGone || before.closest('[role="toolbar"]') !== null) focusScreen();
		else before.focus({ preventScroll: true });
	});
}
