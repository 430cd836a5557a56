/** Whether objects and lists lie in each other more than `limit` deep; looks without recursion, so that nothing overflows. */
export function isNestedDeeper(value: unknown, limit: number): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth >= limit) return true;
		const next: unknown[] = [];
		for (const item of level) {
			if (item === null || typeof item !== 'object') continue;
			for (const member of Object.values(item)) if (member !== null && typeof member === 'object') next.push(member);
		}
		level = next;
	}
	return false;
}
