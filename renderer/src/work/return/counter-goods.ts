import type { OrderLine } from '../../../../shared/schema/order.ts';
import type { Disposition, Grade, ReturnLine, ReturnReason } from '../../../../shared/schema/return-case.ts';
import type { UnitIdentity } from '../../../../shared/schema/stock-position.ts';

/** Units of one order line that lie on the counter in one condition. */
export interface GoodsGroup {
	readonly id: number;
	readonly lineId: string;
	readonly sku: string;
	readonly quantity: number;
	readonly reason: ReturnReason | null;
	readonly grade: Grade | null;
	/** Set with the grade, and may be changed after. */
	readonly disposition: Disposition | null;
	/** The lot of all of them, where their code tells one. */
	readonly lot?: Pick<UnitIdentity, 'lot' | 'expiresOn'>;
	/** Of those whose code tells one. */
	readonly serials?: readonly string[];
}

/** What is on the counter, oldest first, and the group that the next answer is for. */
export interface CounterGoods {
	readonly groups: readonly GoodsGroup[];
	readonly activeId: number | null;
	readonly nextId: number;
}

export const emptyCounter: CounterGoods = { groups: [], activeId: null, nextId: 1 };

/** Where goods of a grade go unless somebody decides otherwise. */
export const dispositionOfGrade = {
	as_new: 'restock',
	opened: 'quarantine',
	damaged: 'damaged',
	unsellable: 'damaged',
} as const satisfies Record<Grade, Disposition>;

export function activeGroup(counter: CounterGoods): GoodsGroup | null {
	return counter.groups.find((group) => group.id === counter.activeId) ?? null;
}

export function onCounter(counter: CounterGoods, lineId: string): number {
	return counter.groups.reduce((sum, group) => sum + (group.lineId === lineId ? group.quantity : 0), 0);
}

export function unitsOnCounter(counter: CounterGoods): number {
	return counter.groups.reduce((sum, group) => sum + group.quantity, 0);
}

/**
 * Puts a unit down: beside the newest units of its line and lot, which share their answers. The caller has judged that it may come
 * back. @param identity what its code tells of it
 */
export function putDown(
	counter: CounterGoods,
	line: Pick<OrderLine, 'id' | 'sku'>,
	{ serials = [], ...lot }: UnitIdentity = {},
): CounterGoods {
	const beside = counter.groups.findLast((group) => group.lineId === line.id && group.lot?.lot === lot.lot);
	if (beside !== undefined) {
		const change = { quantity: beside.quantity + 1, ...withSerials([...(beside.serials ?? []), ...serials]) };
		return { ...changeGroup(counter, beside.id, change), activeId: beside.id };
	}
	const added: GoodsGroup = {
		id: counter.nextId,
		lineId: line.id,
		sku: line.sku,
		quantity: 1,
		...noAnswers,
		...(lot.lot === undefined ? {} : { lot }),
		...withSerials(serials),
	};
	return { groups: [...counter.groups, added], activeId: added.id, nextId: counter.nextId + 1 };
}

const withSerials = (serials: readonly string[]): Pick<GoodsGroup, 'serials'> =>
	serials.length === 0 ? {} : { serials };

/** Whether a unit with this serial number lies on the counter. */
export function isOnCounter(counter: CounterGoods, sku: string, serial: string): boolean {
	return counter.groups.some((group) => group.sku === sku && (group.serials ?? []).includes(serial));
}

const noAnswers = { reason: null, grade: null, disposition: null } as const;

/** Takes one unit of a group off the counter. */
export function takeOff(counter: CounterGoods, groupId: number): CounterGoods {
	const group = counter.groups.find((each) => each.id === groupId);
	if (group === undefined) return counter;
	if (group.quantity > 1) return changeGroup(counter, groupId, withOneLess(group));
	const groups = counter.groups.filter((each) => each.id !== groupId);
	return { ...counter, groups, activeId: groups.find(isUnanswered)?.id ?? groups.at(-1)?.id ?? null };
}

/** One unit of a group that is in another condition becomes a group of its own, without answers. */
export function setApart(counter: CounterGoods, groupId: number): CounterGoods {
	const group = counter.groups.find((each) => each.id === groupId);
	if (group === undefined || group.quantity < 2) return counter;
	const fewer = changeGroup(counter, groupId, withOneLess(group));
	const { serials: _, ...rest } = group;
	const apart: GoodsGroup = {
		...rest,
		id: counter.nextId,
		quantity: 1,
		...noAnswers,
		...withSerials(lastSerial(group)),
	};
	return { groups: [...fewer.groups, apart], activeId: apart.id, nextId: counter.nextId + 1 };
}

/** The newest unit leaves: with its serial number, unless there is another one without. */
function lastSerial({ quantity, serials = [] }: GoodsGroup): readonly string[] {
	return serials.length === quantity ? serials.slice(-1) : [];
}

function withOneLess(group: GoodsGroup): Partial<GoodsGroup> {
	const { quantity, serials = [] } = group;
	return { quantity: quantity - 1, serials: serials.slice(0, serials.length - lastSerial(group).length) };
}

export function answerReason(counter: CounterGoods, groupId: number, reason: ReturnReason): CounterGoods {
	return moveOn(changeGroup(counter, groupId, { reason }), groupId);
}

/** Sets the grade, and where goods of that grade go. */
export function answerGrade(counter: CounterGoods, groupId: number, grade: Grade): CounterGoods {
	return moveOn(changeGroup(counter, groupId, { grade, disposition: dispositionOfGrade[grade] }), groupId);
}

export function answerDisposition(counter: CounterGoods, groupId: number, disposition: Disposition): CounterGoods {
	return changeGroup(counter, groupId, { disposition });
}

export function makeActive(counter: CounterGoods, groupId: number): CounterGoods {
	return counter.groups.some((group) => group.id === groupId) ? { ...counter, activeId: groupId } : counter;
}

/** Clears the answers of a group, to give them anew. */
export function clearAnswers(counter: CounterGoods, groupId: number): CounterGoods {
	return { ...changeGroup(counter, groupId, noAnswers), activeId: groupId };
}

export type Question = 'reason' | 'grade';

/** What is still to be asked of a group. */
export function openQuestion(group: GoodsGroup): Question | null {
	if (group.reason === null) return 'reason';
	return group.grade === null || group.disposition === null ? 'grade' : null;
}

/**
 * The lines of the operation, or null while a group lacks an answer or nothing is there. Equal groups become one line; units with a
 * serial number are lines of their own.
 */
export function returnLines(counter: CounterGoods): readonly ReturnLine[] | null {
	const lines = new Map<string, ReturnLine>();
	for (const { lineId, sku, quantity, reason, grade, disposition, lot = {}, serials = [] } of counter.groups) {
		if (reason === null || grade === null || disposition === null) return null;
		const line = { lineId, sku, reason, grade, disposition, ...lot };
		const key = JSON.stringify(line);
		const add = (name: string, units: number, named: readonly string[]) => {
			const before = lines.get(name);
			const all = [...(before?.serials ?? []), ...named];
			if (units === 0) return;
			lines.set(name, {
				...line,
				quantity: (before?.quantity ?? 0) + units,
				...(all.length === 0 ? {} : { serials: all }),
			});
		};
		add(key, quantity - serials.length, []);
		add(`${key} named`, serials.length, serials);
	}
	return lines.size === 0 ? null : [...lines.values()];
}

const isUnanswered = (group: GoodsGroup) => openQuestion(group) !== null;

/** When a group has all its answers, the next one that lacks some has its turn. */
function moveOn(counter: CounterGoods, groupId: number): CounterGoods {
	const group = counter.groups.find((each) => each.id === groupId);
	if (group === undefined || isUnanswered(group)) return { ...counter, activeId: groupId };
	return { ...counter, activeId: counter.groups.find(isUnanswered)?.id ?? groupId };
}

function changeGroup(counter: CounterGoods, groupId: number, change: Partial<GoodsGroup>): CounterGoods {
	return {
		...counter,
		groups: counter.groups.map((group) => (group.id === groupId ? { ...group, ...change } : group)),
	};
}
