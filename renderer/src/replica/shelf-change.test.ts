import { expect, test } from 'vitest';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import { shelfChange } from './shelf-change.ts';

const move = (quantity: number, from: Movement['from'], to: Movement['to'], sku = 'MUG'): Movement => ({
	siteId: 'S-1',
	sku,
	quantity,
	from,
	to,
	reason: 'test',
});

test('what happens at another site changes nothing on this one’s shelf', () => {
	expect(shelfChange([move(3, 'available', 'other_site')], 'S-2', 'MUG')).toBe(0);
});

test('what is picked leaves the shelf, and what is only set aside or belongs to another product does not', () => {
	const movements = [
		move(3, 'allocated', 'picked'),
		move(2, 'available', 'allocated'),
		move(5, 'available', 'picked', 'TEA'),
	];
	expect(shelfChange(movements, 'S-1', 'MUG')).toBe(-3);
	expect(shelfChange([move(1, 'picked', 'available')], 'S-1', 'MUG')).toBe(1);
	expect(shelfChange([], 'S-1', 'MUG')).toBe(0);
});
