import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeviceValues } from '../device/index.ts';
import { useSite } from '../replica/index.ts';
import { ageText, clockText, dayText, dueText, type TimeContext, timeText } from './time-text.ts';

export interface TimeText {
	/** A promise with how near it is: `17:30 · in 25 min`, `16:00 · 1 hr 5 min late`. */
	readonly due: (instant: string) => string;
	/** `14:05` for today, else with its day. */
	readonly time: (instant: string) => string;
	/** `5 minutes ago`. */
	readonly age: (instant: string) => string;
	/** A calendar day: today, tomorrow, Thu 26 Nov. */
	readonly day: (date: string) => string;
	/** The wall clock only. */
	readonly clock: (instant: string) => string;
	readonly isLate: (instant: string) => boolean;
	/** The server's time as well as this device knows it. */
	readonly now: Temporal.Instant;
}

const refreshMs = 20_000;

/** Writes instants in the site's time zone and the user's language; renders anew as time goes by. */
export function useTimeText(): TimeText {
	const { t, i18n } = useTranslation('ui');
	const { serverOffsetMs } = useDeviceValues((status) => ({ serverOffsetMs: status.serverOffsetMs }));
	const site = useSite();
	const [deviceMs, setDeviceMs] = useState(() => Temporal.Now.instant().epochMilliseconds);
	useEffect(() => {
		const timer = setInterval(() => setDeviceMs(Temporal.Now.instant().epochMilliseconds), refreshMs);
		return () => clearInterval(timer);
	}, []);
	const timeZone = site?.timeZone ?? Temporal.Now.timeZoneId();
	const language = i18n.language;
	return useMemo(() => {
		const now = Temporal.Instant.fromEpochMilliseconds(Math.round(deviceMs + (serverOffsetMs ?? 0)));
		const context: TimeContext = {
			now,
			timeZone,
			language,
			words: {
				tomorrow: (time) => t('time.tomorrow', { time }),
				yesterday: (time) => t('time.yesterday', { time }),
				within: (span) => t('time.within', { span }),
				late: (span) => t('time.late', { span }),
			},
		};
		return {
			due: (instant) => dueText(instant, context),
			time: (instant) => timeText(instant, context),
			age: (instant) => ageText(instant, context),
			day: (date) => dayText(date, context),
			clock: (instant) => clockText(instant, context),
			isLate: (instant) => Temporal.Instant.compare(now, Temporal.Instant.from(instant)) > 0,
			now,
		};
	}, [deviceMs, serverOffsetMs, timeZone, language, t]);
}
