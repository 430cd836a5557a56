const words = {
	title: 'Adjust',
	save: 'Adjust the stock',
	saved: '{{change}} × {{name}}',
	takeOff: 'Take off, and why',
	add: 'Add, and why',
	clear: 'Begin anew',
	manager: 'Let a manager sign in',
	why: 'Why?',
	noReason: 'Why? F2 takes units off the stock, F4 adds some.',
	reason: 'Why: {{reason}}',
	quantity: 'How many units?',
	units_one: '{{count}} unit',
	units_other: '{{count}} units',
	lot: 'Lot',
	note: 'Note, if something needs saying',
	serials: 'Serial numbers: {{list}}',
	atBin: 'At {{bin}}',
	sayWhy: 'Say why, and how many.',
	unknown: 'Unknown product',
	finishFirst: 'First finish “{{name}}”',
	finishFirstDetail: 'Enter adjusts it, F6 begins anew. Nothing of this scan was taken.',
	serialTwice: 'Serial number {{serial}} again. It counts once.',
	empty: 'Scan what is to be adjusted',
	emptyHint: 'A bin first, if it lies in several. For a number that merely looks wrong, count it instead.',
	judged: {
		more_than_books: {
			title: 'The books have only {{held}}',
			detail: 'Nothing was adjusted. Count the product: then the books are right, whatever happened.',
		},
		needs_manager: {
			title: 'This needs a manager',
			detail: 'It is more than you may adjust. F9: a manager signs in, and what you entered stays.',
		},
		closed_bin: { title: 'Bin {{bin}} is closed', detail: 'Nothing is added there. Scan an open bin.' },
		lot_missing: {
			title: 'Which lot?',
			detail: 'This product is kept by lot. Scan its code with the lot, or type it.',
		},
		serials: {
			title: 'Serial numbers scanned: {{count}}',
			detail: 'This product is kept by serial number. Scan each unit once.',
		},
	},
};

export type AdjustWords = typeof words;
export default words;
