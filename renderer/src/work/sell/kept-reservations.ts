import type { TFunction } from 'i18next';
import { isHeld } from '../../../../shared/domain/reservation-units.ts';
import type { Reservation } from '../../../../shared/schema/reservation.ts';
import type { TimeText } from '../../ui/index.ts';

/** The reservations that still keep goods, the one that ends first on top. */
export function keptReservations(all: readonly Reservation[], now: Temporal.Instant): readonly Reservation[] {
	const endOf = ({ expiresAt }: Reservation) => Temporal.Instant.from(expiresAt).epochMilliseconds;
	return all
		.filter((each) => isHeld(each, now))
		.map((each) => ({ each, end: endOf(each) }))
		.sort((a, b) => a.end - b.end || (a.each.id < b.each.id ? -1 : 1))
		.map(({ each }) => each);
}

/** What is kept of a product, and when it is expected if it is still to come. */
export function keptLine(
	{ name, quantity, fulfilled = 0, expectedOn }: Reservation['lines'][number],
	t: TFunction<'sell'>,
	time: Pick<TimeText, 'day'>,
): string {
	const line = t('kept.line', { count: quantity - fulfilled, name });
	return expectedOn === undefined ? line : t('kept.toCome', { line, date: time.day(expectedOn) });
}
