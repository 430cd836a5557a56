import { useCallback, useState } from 'react';

/** A code that nobody knew, and how often it came. */
export interface UnknownCode {
	readonly code: string;
	readonly times: number;
}

const mostCodes = 50;

/** A code more in the tray. */
export function withCode(codes: readonly UnknownCode[], code: string): readonly UnknownCode[] {
	const known = codes.find((each) => each.code === code);
	if (known === undefined) return [...codes, { code, times: 1 }].slice(-mostCodes);
	return codes.map((each) => (each === known ? { code, times: each.times + 1 } : each));
}

function read(place: string): readonly UnknownCode[] {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? '[]');
		return Array.isArray(kept) ? kept.filter(isUnknownCode) : [];
	} catch {
		return [];
	}
}

function isUnknownCode(value: unknown): value is UnknownCode {
	if (typeof value !== 'object' || value === null || !('code' in value) || !('times' in value)) return false;
	return typeof value.code === 'string' && typeof value.times === 'number';
}

/** The tray of one delivery: it stays while the app is open, also when the page is loaded again. */
export function useUnknownCodes(supplyId: string): {
	readonly codes: readonly UnknownCode[];
	readonly add: (code: string) => void;
	readonly clear: () => void;
} {
	const place = `backstock-unknown-codes:${supplyId}`;
	const [codes, setCodes] = useState(() => read(place));
	const keep = useCallback(
		(change: (before: readonly UnknownCode[]) => readonly UnknownCode[]) => {
			const next = change(read(place));
			sessionStorage.setItem(place, JSON.stringify(next));
			setCodes(next);
		},
		[place],
	);
	return {
		codes,
		add: useCallback((code) => keep((before) => withCode(before, code.slice(0, 200))), [keep]),
		clear: useCallback(() => keep(() => []), [keep]),
	};
}
