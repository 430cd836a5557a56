const words = {
	actions: 'Actions',
	back: 'Back',
	loading: 'Loading',
	verdictHint: 'The answer to each scan stands here.',
	quantity: {
		not_whole: 'Type a whole number.',
		too_small: 'At least {{minimum}}.',
		too_big: 'At most {{maximum}}.',
	},
	time: {
		tomorrow: 'tomorrow {{time}}',
		yesterday: 'yesterday {{time}}',
		within: 'in {{span}}',
		late: '{{span}} late',
	},
	method: { ship: 'Ship', pickup: 'Pickup' },
	fulfillmentState: {
		assigned: 'to pick',
		picking: 'being picked',
		picked: 'picked',
		packed: 'packed',
		shipped: 'shipped',
		ready: 'ready on the shelf',
		handed_over: 'handed over',
		declined: 'declined',
		moved: 'moved to another site',
		cancelled: 'cancelled',
	},
};

export type UiWords = typeof words;
export default words;
