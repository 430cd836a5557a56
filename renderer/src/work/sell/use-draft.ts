import { useCallback, useState } from 'react';

/** Changes with the shape of what is kept: what another release wrote is not read. */
const prefix = 'backstock-draft-1:';

function stored<T extends object>(name: string, empty: () => T): T {
	try {
		const text = localStorage.getItem(prefix + name);
		const kept: unknown = text === null ? null : JSON.parse(text);
		return typeof kept === 'object' && kept !== null ? { ...empty(), ...kept } : empty();
	} catch {
		return empty();
	}
}

function keep(name: string, draft: object | null): void {
	try {
		if (draft === null) localStorage.removeItem(prefix + name);
		else localStorage.setItem(prefix + name, JSON.stringify(draft));
	} catch (error) {
		// Nothing that was promised is in it: work goes on without what a crash would take.
		console.warn('What is being typed can’t be kept', error);
	}
}

export interface Draft<T> {
	readonly draft: T;
	readonly change: (change: (before: T) => T) => void;
	/** What was begun is done, or is not wanted any more. */
	readonly beginAnew: () => void;
}

/**
 * What somebody has begun and not recorded, kept over a reload or a crash. In the browser's storage, as the device core does not offer the
 * journal's drafts to the screens; it is a page's own note, and nothing follows from it.
 */
export function useDraft<T extends object>(name: string, empty: () => T): Draft<T> {
	const [draft, setDraft] = useState<T>(() => stored(name, empty));
	const change = useCallback(
		(next: (before: T) => T) =>
			setDraft((before) => {
				const after = next(before);
				keep(name, after);
				return after;
			}),
		[name],
	);
	const beginAnew = useCallback(() => {
		keep(name, null);
		setDraft(empty());
	}, [name, empty]);
	return { draft, change, beginAnew };
}
