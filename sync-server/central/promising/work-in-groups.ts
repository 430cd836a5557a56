export interface GroupWork<Item, Result> {
	/** What a piece of work contends for: no two groups that are under way want the same. */
	readonly keysOf: (item: Item) => readonly string[];
	/** Answers each of the group, in its order; when it throws, all of them are told. */
	readonly work: (group: readonly Item[]) => Promise<readonly Result[]>;
	readonly mostTogether: number;
	readonly mostGroups: number;
}

interface Waiting<Item, Result> {
	readonly item: Item;
	readonly keys: readonly string[];
	readonly resolve: (result: Result) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * Does work of many callers in groups, as a database does group commit: what arrives while others are being served waits, and is then served together.
 * So those who contend for one thing don't queue for its lock one by one.
 */
export function workInGroups<Item, Result>(parts: GroupWork<Item, Result>): (item: Item) => Promise<Result> {
	let waiting: Waiting<Item, Result>[] = [];
	const busy = new Set<string>();
	let running = 0;

	function nextGroup(): readonly Waiting<Item, Result>[] {
		const group: Waiting<Item, Result>[] = [];
		waiting = waiting.filter((each) => {
			const mayGo = group.length < parts.mostTogether && !each.keys.some((key) => busy.has(key));
			if (mayGo) group.push(each);
			return !mayGo;
		});
		return group;
	}

	async function serve(group: readonly Waiting<Item, Result>[]): Promise<void> {
		const keys = new Set(group.flatMap((each) => each.keys));
		for (const key of keys) busy.add(key);
		running += 1;
		try {
			const results = await parts.work(group.map(({ item }) => item));
			for (const [index, result] of results.entries()) group[index]?.resolve(result);
		} catch (error) {
			for (const { reject } of group) reject(error);
		}
		running -= 1;
		for (const key of keys) busy.delete(key);
		serveNext();
	}

	function serveNext(): void {
		while (running < parts.mostGroups && waiting.length > 0) {
			const group = nextGroup();
			if (group.length === 0) return;
			void serve(group);
		}
	}

	return (item) =>
		new Promise((resolve, reject) => {
			waiting.push({ item, keys: parts.keysOf(item), resolve, reject });
			// What arrives in the same turn of the event loop goes together.
			if (waiting.length === 1) setImmediate(serveNext);
		});
}
