const words = {
	title: 'Look up',
	find: {
		label: 'Name, SKU or number of a product',
		hint: 'Or scan it. A part of the name is enough.',
		action: 'Look for another',
		list: 'Products that fit',
		empty: 'Scan a product, or type a part of its name',
		emptyHint: 'You see where it lies, how many there are, who wants them, and what is coming.',
		none: 'No product here fits “{{query}}”',
		noneHint: 'Check the spelling, type fewer letters, or scan the product’s own barcode.',
		onShelf_one: '{{count}} on the shelf · {{bin}}',
		onShelf_other: '{{count}} on the shelf · {{bin}}',
	},
	unknown: {
		title: 'Unknown product',
		code: 'The catalog on this device has no product with {{code}}.',
		sku: 'The catalog on this device does not have {{sku}}.',
	},
	verdict: {
		none: 'None on the shelf',
		some_one: '{{count}} on the shelf',
		some_other: '{{count}} on the shelf',
	},
	here: { title: 'At this site', noBin: 'No bin known' },
	tracking: { lot: 'by lot', serial: 'by serial number' },
	place: {
		available: 'free on the shelf',
		allocated: 'set aside for orders',
		picked: 'picked for orders',
		staged_one: 'waits for its customer',
		staged_other: 'wait for their customers',
		quarantine: 'in quarantine',
		damaged: 'damaged',
	},
	coming: {
		title: 'Coming in',
		nothing: 'Nothing is on its way here.',
		purchase_order_one: '{{count}} from {{from}}',
		purchase_order_other: '{{count}} from {{from}}',
		transfer_sent_one: '{{count}} on its way from {{from}}',
		transfer_sent_other: '{{count}} on their way from {{from}}',
		transfer_asked_one: '{{count}} asked for from {{from}}, not sent yet',
		transfer_asked_other: '{{count}} asked for from {{from}}, not sent yet',
		on: 'expected {{day}}',
	},
	wanted: {
		title: 'Open orders that want it',
		nothing: 'No open order here wants it.',
		order_one: '{{count}} for {{number}}',
		order_other: '{{count}} for {{number}}',
		more_one: 'and {{count}} more',
		more_other: 'and {{count}} more',
	},
	act: { count: 'Count it', another: 'Look up another' },
};

export type LookupWords = typeof words;
export default words;
