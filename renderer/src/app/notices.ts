import { create } from 'zustand';

export interface Notice {
	readonly kind: 'attention' | 'wrong';
	readonly title: string;
	readonly detail?: string | undefined;
}

interface Notices {
	readonly notice: Notice | null;
}

/** The frame's one line for what belongs to no screen: a code that nobody here takes. It stays until it is closed or replaced. */
export const useNotices = create<Notices>()(() => ({ notice: null }));

export function showNotice(notice: Notice): void {
	useNotices.setState({ notice });
}

export function closeNotice(): void {
	useNotices.setState({ notice: null });
}
