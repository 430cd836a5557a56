import { describe, expect, test } from 'vitest';
import {
	activeGroup,
	answerDisposition,
	answerGrade,
	answerReason,
	type CounterGoods,
	clearAnswers,
	emptyCounter,
	onCounter,
	openQuestion,
	putDown,
	returnLines,
	setApart,
	takeOff,
	unitsOnCounter,
} from './counter-goods.ts';

const mug = { id: 'line-1', sku: 'MUG' };
const jar = { id: 'line-2', sku: 'JAR' };
const counter = (...lines: readonly { id: string; sku: string }[]) =>
	lines.reduce((goods, line) => putDown(goods, line), emptyCounter);
const active = (goods: CounterGoods) => activeGroup(goods)?.id ?? 0;

test('units of one line lie together until one of them is set apart', () => {
	const two = counter(mug, jar, mug);
	expect(two.groups.map(({ sku, quantity }) => [sku, quantity])).toEqual([
		['MUG', 2],
		['JAR', 1],
	]);
	const apart = setApart(answerReason(two, 1, 'unwanted'), 1);
	expect(apart.groups.map(({ sku, quantity, reason }) => [sku, quantity, reason])).toEqual([
		['MUG', 1, 'unwanted'],
		['JAR', 1, null],
		['MUG', 1, null],
	]);
	expect(onCounter(apart, mug.id)).toBe(2);
	expect(onCounter(putDown(apart, mug), mug.id)).toBe(3);
});

test('a single unit can not be set apart from itself', () => {
	const one = counter(mug);
	expect(setApart(one, 1)).toBe(one);
});

describe('questions', () => {
	test('are asked in turn: reason, then grade, then those of the next goods', () => {
		let goods = counter(mug, jar);
		expect(active(goods)).toBe(2);
		goods = answerReason(goods, 2, 'damaged');
		const jars = activeGroup(goods);
		expect(jars && openQuestion(jars)).toBe('grade');
		goods = answerGrade(goods, 2, 'damaged');
		expect(active(goods)).toBe(1);
		goods = answerGrade(answerReason(goods, 1, 'unwanted'), 1, 'as_new');
		expect(goods.groups.every((group) => openQuestion(group) === null)).toBe(true);
	});
	test.each([
		['as_new', 'restock'],
		['opened', 'quarantine'],
		['damaged', 'damaged'],
		['unsellable', 'damaged'],
	] as const)('goods that are %s go to %s unless somebody decides otherwise', (grade, disposition) => {
		const graded = answerGrade(counter(mug), 1, grade);
		expect(graded.groups[0]).toMatchObject({ grade, disposition });
		expect(answerDisposition(graded, 1, 'quarantine').groups[0]).toMatchObject({ grade, disposition: 'quarantine' });
	});
	test('can be answered anew', () => {
		const done = answerGrade(answerReason(counter(mug), 1, 'unwanted'), 1, 'as_new');
		expect(clearAnswers(done, 1).groups[0]).toMatchObject({ reason: null, grade: null, disposition: null });
	});
});

test('goods taken off the counter are gone, and the next unanswered goods have their turn', () => {
	const two = counter(mug, mug, jar);
	expect(unitsOnCounter(takeOff(two, 1))).toBe(2);
	const rest = takeOff(two, 2);
	expect(rest.groups.map(({ sku }) => sku)).toEqual(['MUG']);
	expect(active(rest)).toBe(1);
	expect(takeOff(takeOff(rest, 1), 1)).toMatchObject({ groups: [], activeId: null });
	expect(takeOff(rest, 99)).toBe(rest);
});

describe('the lines of the return', () => {
	test('are none while one answer is missing, or nothing is there', () => {
		expect(returnLines(emptyCounter)).toBeNull();
		expect(returnLines(answerReason(counter(mug), 1, 'unwanted'))).toBeNull();
		const half = answerGrade(answerReason(counter(mug, jar), 1, 'unwanted'), 1, 'as_new');
		expect(returnLines(half)).toBeNull();
	});
	test('join goods with the same answers and keep others apart', () => {
		let goods = setApart(setApart(counter(mug, mug, mug), 1), 1);
		for (const [id, grade] of [
			[1, 'as_new'],
			[2, 'as_new'],
			[3, 'damaged'],
		] as const)
			goods = answerGrade(answerReason(goods, id, 'unwanted'), id, grade);
		expect(returnLines(goods)).toEqual([
			{ lineId: 'line-1', sku: 'MUG', quantity: 2, reason: 'unwanted', grade: 'as_new', disposition: 'restock' },
			{ lineId: 'line-1', sku: 'MUG', quantity: 1, reason: 'unwanted', grade: 'damaged', disposition: 'damaged' },
		]);
	});
	test('name the units whose code told which they are, and no others', () => {
		const answer = (goods: CounterGoods, id: number) => answerGrade(answerReason(goods, id, 'unwanted'), id, 'as_new');
		const three = putDown(putDown(putDown(emptyCounter, mug, { serials: ['S-1'] }), mug), mug, { serials: ['S-2'] });
		expect(returnLines(answer(three, 1))).toMatchObject([{ quantity: 1 }, { quantity: 2, serials: ['S-1', 'S-2'] }]);
		const two = returnLines(answer(takeOff(three, 1), 1));
		expect(two).toMatchObject([{ quantity: 2, serials: ['S-1', 'S-2'] }]);
		const apart = setApart(putDown(putDown(emptyCounter, mug, { serials: ['S-1'] }), mug, { serials: ['S-2'] }), 1);
		expect(apart.groups.map(({ serials }) => serials)).toEqual([['S-1'], ['S-2']]);
		const lots = putDown(putDown(emptyCounter, jar, { lot: 'L-1' }), jar, { lot: 'L-2', expiresOn: '2027-01-01' });
		expect(returnLines(answer(answer(lots, 1), 2))).toMatchObject([
			{ quantity: 1, lot: 'L-1' },
			{ quantity: 1, lot: 'L-2', expiresOn: '2027-01-01' },
		]);
	});
});
