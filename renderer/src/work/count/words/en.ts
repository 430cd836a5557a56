const words = {
	title: 'Count',
	what: 'Count “{{name}}” at {{bin}}',
	whatNoBin: 'Count “{{name}}” wherever it lies',
	quantity: 'Units on the shelf',
	hint: 'Those set aside for orders too, but not what is picked already. Type 0 when there is none.',
	record: 'Record the count',
	right: 'Right product',
	rightDetail: 'Type how many lie on the shelf.',
	again: 'Count once more',
	againDetail: 'The books have another number. Type what you count now: the same number again records it.',
	done: {
		same: 'As many as the books have',
		found_one: '{{count}} more than the books had',
		found_other: '{{count}} more than the books had',
		missing_one: '{{count}} missing',
		missing_other: '{{count}} missing',
		detail: '{{counted}} counted, {{expected}} in the books. Saved here.',
	},
	unknown: { title: 'Unknown product', detail: 'The catalog on this device does not have {{sku}}.' },
};

export type CountWords = typeof words;
export default words;
