import type { TodayWords } from './en.ts';

export default {
	title: 'Heute',
	late: 'Verspätet',
	dueToday: 'Heute fällig',
	mine: 'Meine',
	later: 'Spätere Tage',
	start: {
		assigned: 'Auftrag {{order}} picken',
		picking: 'Auftrag {{order}} weiter picken',
		picked: {
			ship: 'Auftrag {{order}} packen',
			pickup: 'Auftrag {{order}} ins Regal legen',
		},
		packed: 'Auftrag {{order}} versenden',
	},
	list: 'Arbeit in der Reihenfolge der Zusagen',
	units_one: '{{count}} Stück',
	units_other: '{{count}} Stück',
	by: 'bei {{name}}',
	empty: 'Heute ist nichts fällig',
	emptyHint: 'Neue Aufträge erscheinen hier von selbst.',
	emptyLater_one: '{{count}} Auftrag eines späteren Tages steht unter Picken.',
	emptyLater_other: '{{count}} Aufträge späterer Tage stehen unter Picken.',
	trouble_one: '{{count}} Sache lief anders als geplant und braucht jemanden.',
	trouble_other: '{{count}} Sachen liefen anders als geplant und brauchen jemanden.',
	seeTrouble: 'Was, und was zu tun ist',
	quickCounts_one: 'Eine halbe Minute: „{{name}}“ zählen.',
	quickCounts_other: '{{count}} Zählungen von einer halben Minute, zuerst „{{name}}“.',
	countNow: 'Zählen',
	lateMark: 'verspätet',
} satisfies TodayWords;
