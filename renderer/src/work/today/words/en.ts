const words = {
	title: 'Today',
	late: 'Late',
	dueToday: 'Due today',
	mine: 'Mine',
	later: 'Later days',
	start: {
		assigned: 'Pick order {{order}}',
		picking: 'Go on picking order {{order}}',
		picked: {
			ship: 'Pack order {{order}}',
			pickup: 'Put order {{order}} on its shelf',
		},
		packed: 'Ship order {{order}}',
	},
	list: 'Work in order of promise',
	units_one: '{{count}} unit',
	units_other: '{{count}} units',
	by: 'by {{name}}',
	empty: 'Nothing is due today',
	emptyHint: 'New orders appear here by themselves.',
	emptyLater_one: '{{count}} order of a later day is under Pick.',
	emptyLater_other: '{{count}} orders of later days are under Pick.',
	trouble_one: '{{count}} thing went otherwise than planned and needs somebody.',
	trouble_other: '{{count}} things went otherwise than planned and need somebody.',
	deliveries_one: '{{count}} delivery is due today',
	deliveries_other: '{{count}} deliveries are due today',
	deliveriesLate_one: '{{count}} of them late',
	deliveriesLate_other: '{{count}} of them late',
	receive: 'Receive',
	seeTrouble: 'See what, and what to do',
	quickCounts_one: 'Half a minute: count “{{name}}”.',
	quickCounts_other: '{{count}} counts of half a minute, first “{{name}}”.',
	countNow: 'Count it',
	lateMark: 'late',
};

export type TodayWords = typeof words;
export default words;
