import i18next, { type TFunction } from 'i18next';
import { describe, expect, test } from 'vitest';
import type { Connection, DeviceStatus } from '../../../shared/device/device-client.ts';
import { startingStatus } from '../device/starting-status.ts';
import { indicatorWords } from './connection-words.ts';
import { noticeWords } from './notice-words.ts';
import { type StandingNotice, type StandingNoticeKind, standingNotices } from './standing-notices.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const languages = ['en', 'de', 'es'] as const;

function wordsIn(language: (typeof languages)[number]): TFunction<'app'> {
	const words = i18next.createInstance();
	void words.init({
		lng: language,
		initAsync: false,
		defaultNS: 'app',
		resources: { [language]: { app: { en, de, es }[language] } },
		interpolation: { escapeValue: false },
		saveMissing: true,
		missingKeyHandler: (_languages, _namespace, key) => {
			throw new Error(`${language} has no words for ${key}`);
		},
	});
	return words.getFixedT(language, 'app') as TFunction<'app'>;
}

const minute = 60_000;
const connections: { readonly [Kind in Connection['kind']]: Extract<Connection, { kind: Kind }> } = {
	starting: { kind: 'starting' },
	online: { kind: 'online' },
	slow: { kind: 'slow', message: 'HTTP 503' },
	cut_off: { kind: 'cut_off', sinceMs: 0, message: 'Failed to fetch' },
	credential: { kind: 'credential', message: '' },
	outdated: { kind: 'outdated', message: '' },
	lane_frozen: { kind: 'lane_frozen', message: '' },
};

function said(change: Partial<DeviceStatus>, deviceMs = 0): string {
	return indicatorWords({ ...startingStatus, ...change }, deviceMs, 'en', wordsIn('en'));
}

describe('the indicator of every screen', () => {
	test('it says how the device is connected in every language, and never a word of the browser', () => {
		for (const language of languages)
			for (const connection of Object.values(connections)) {
				const words = indicatorWords({ ...startingStatus, connection }, 0, language, wordsIn(language));
				expect(words).toMatch(/\p{L}{3}/u);
				expect(words).not.toMatch(/fetch|HTTP|\{\{/);
			}
	});

	test('cut off, it says since when, after a minute for how long, and how much waits', () => {
		expect(said({ connection: connections.cut_off }, 30_000)).toMatch(/^cut off since \d\d:\d\d$/);
		expect(said({ connection: connections.cut_off, waiting: 3 }, 72 * minute)).toMatch(
			/^cut off since \d\d:\d\d · 1 hr 12 min · 3 waiting$/,
		);
	});

	test('online it says what waits, and nothing when nothing does', () => {
		expect(said({ connection: connections.online })).toBe('online');
		expect(said({ connection: connections.online, waiting: 1 })).toBe('online · 1 waiting');
	});

	test('that nothing can be saved is more than any connection', () => {
		expect(said({ connection: connections.online, storageProblem: 'storage_full' })).toBe('nothing can be saved');
	});
});

describe('the notices above every screen', () => {
	const kinds: Readonly<Record<StandingNoticeKind, Partial<StandingNotice>>> = {
		storage: {},
		outdated: {},
		clock_off: { offMs: 58 * minute },
		clock_jumped: { offMs: -61 * minute },
		replica_lost: {},
		replica_damaged: {},
		replica_differs: {},
		rebuilding: {},
		server_older: {},
		server_newer: {},
		recovered_tail: { count: 1 },
		recovered_middle: { count: 2 },
	};

	test('each is a sentence without gaps in every language', () => {
		for (const language of languages)
			for (const [kind, rest] of Object.entries(kinds)) {
				const notice = { kind: kind as StandingNoticeKind, tone: 'attention', canBeClosed: true, key: kind, ...rest };
				expect(noticeWords(notice as StandingNotice, language, wordsIn(language))).toMatch(/^[^{}]+\.$/);
			}
	});

	test('a clock that is wrong says by how much and in which direction', () => {
		const words = (offMs: number) => {
			const [notice] = standingNotices({ ...startingStatus, clockWarning: { kind: 'off', offMs } });
			return notice === undefined ? '' : noticeWords(notice, 'en', wordsIn('en'));
		};
		expect(words(-58 * minute)).toBe('This device’s clock is 58 min behind; times shown here follow the server.');
		expect(words(58 * minute)).toBe('This device’s clock is 58 min ahead; times shown here follow the server.');
	});
});
