const pattern = /^lane-([A-Za-z0-9_-]{1,80})-(\d{6})(-acks)?\.log$/;

/** A file of the journal: a segment of operations and drafts, or the acknowledgments of that segment's operations. */
export interface JournalFileName {
	readonly laneId: string;
	readonly segment: number;
	readonly holds: 'operations' | 'acknowledgments';
}

/** For instance `lane-0198c1f2-000001.log`. Throws on a lane id that can't be part of a file name. */
export function journalFileName({ laneId, segment, holds }: JournalFileName): string {
	const name = `lane-${laneId}-${String(segment).padStart(6, '0')}${holds === 'acknowledgments' ? '-acks' : ''}.log`;
	if (!pattern.test(name)) throw new Error(`the lane id ${JSON.stringify(laneId)} can't name a file`);
	return name;
}

export function parseJournalFileName(name: string): JournalFileName | null {
	const [, laneId, segment, acks] = pattern.exec(name) ?? [];
	if (laneId === undefined || segment === undefined) return null;
	return { laneId, segment: Number(segment), holds: acks === undefined ? 'operations' : 'acknowledgments' };
}
