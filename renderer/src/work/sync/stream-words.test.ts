import i18next from 'i18next';
import { expect, test } from 'vitest';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import { sampleOperation } from '../../../../shared/device/sample-operation.ts';
import { startingStatus } from '../../device/starting-status.ts';
import { streamWords } from './stream-words.ts';
import { filteredOperations } from './sync-filter.ts';
import en from './words/en.ts';

const words = i18next.createInstance();
void words.init({
	lng: 'en',
	initAsync: false,
	defaultNS: 'sync',
	resources: { en: { sync: en } },
	interpolation: { escapeValue: false },
});
const t = words.getFixedT('en', 'sync');

function said(position: number, head: number, kind: 'online' | 'cut_off'): string {
	const connection = kind === 'online' ? { kind } : { kind, sinceMs: 0, message: '' };
	const streams = { site: { epoch: 'e', position, head }, shared: null };
	return streamWords({ ...startingStatus, connection, streams }, 'site', 'en', t);
}

test('what is still to come is told in changes, with how far this device is', () => {
	expect(said(8860, 10_100, 'online')).toBe('1,240 changes to come (8,860 of 10,100)');
	expect(said(9, 10, 'cut_off')).toBe('1 change to come (9 of 10)');
});

test('cut off, nothing is called up to date but what was last heard', () => {
	expect(said(10, 10, 'online')).toBe('up to date (10)');
	expect(said(10, 10, 'cut_off')).toBe('up to date as of then (10)');
});

test('the filter for what waits shows what central has not answered, and nothing else', () => {
	const states = ['saved', 'sent', 'confirmed', 'needs_attention', 'saved'] as const;
	const operations = states.map(
		(state, index): JournaledOperation => ({
			operation: sampleOperation(5 - index)({ seq: 4 - index, hash: '' }),
			state,
			outcome: null,
		}),
	);
	const filtered = filteredOperations(operations, []);
	expect(filtered.all).toBe(operations);
	expect(filtered.waiting.map(({ operation }) => operation.seq)).toEqual([5, 1]);
	expect(filtered.attention).toEqual([]);
});
