const words = {
	cannot: {
		role: 'Only operations can see and change the rules of routing.',
		away: 'Central can’t be reached',
		refused: 'Central didn’t accept who is signed in here',
	},
	hint: {
		role: 'Why an order went where it went, you find at the order.',
		away: 'Orders are routed by central alone, so its rules are there only. Ask again when it can be reached.',
		refused: 'Sign in again while connected.',
	},
	form: {
		orders: 'Which orders (blank: all)',
		placeHint: '1 to {{places}}',
		countriesHint: 'Where the goods go: two letters, such as GB',
		valueFrom: 'Value of the order from ({{currency}})',
		valueTo: 'Value of the order to ({{currency}})',
		productsHint: 'With at least one product that fits (blank: any):',
		noSplitBelow: 'In one parcel below ({{currency}})',
		worth: 'How much cheaper they count ({{currency}})',
		worthHint: 'For each parcel; blank: none is preferred',
		fallbacksHint:
			'Only sites of these steps are asked. A step without a condition is every site. Without a step, all sites are asked at once.',
		step: 'Step {{step}}',
		addStep: 'Add a step',
		stepUp: 'Move step {{step}} up',
		removeStep: 'Remove step {{step}}',
	},
	way: {
		yes: 'yes',
		no: 'no',
		ship_rest: 'send what there is',
		hold: 'wait until there is enough',
	},
	text: {
		everyOrder: 'every order',
		countries: 'to {{names}}',
		with: 'with {{products}}',
		worthRange: 'worth {{from}} to {{to}}',
		worthFrom: 'worth {{from}} and more',
		worthTo: 'worth up to {{to}}',
		prefer: 'rather from {{sites}} (counts as {{worth}} cheaper)',
		exclude: 'never from {{sites}}',
		fallbacks: 'first from {{sites}}',
		thenFrom: ', then from ',
		together: 'everything from one site',
		apart: 'may come from several sites',
		noSplitBelow: 'in one parcel below {{amount}}',
		unfillable: { ship_rest: 'sends what there is', hold: 'waits until there is enough' },
		zone: 'up to {{km}} km: {{parcel}} + {{unit}} a unit + {{kilogram}} a kg',
		lastZone: 'beyond: {{parcel}} + {{unit}} a unit + {{kilogram}} a kg',
	},
};

export type RoutingRulesWords = typeof words;
export default words;
