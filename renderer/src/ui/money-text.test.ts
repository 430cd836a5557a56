import { expect, test } from 'vitest';
import { moneyText } from './money-text.ts';

test('minor units become the currency’s own number of decimals', () => {
	expect(moneyText({ minor: 1250, currency: 'GBP' }, 'en')).toBe('£12.50');
	expect(moneyText({ minor: 1250, currency: 'JPY' }, 'en')).toBe('¥1,250');
	expect(moneyText({ minor: -5, currency: 'GBP' }, 'en')).toBe('-£0.05');
});
