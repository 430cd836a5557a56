const words = {
	title: 'Move',
	from: 'From {{bin}}',
	fromDetail: 'Scan what you take out of it.',
	taken: '{{count}} × {{name}} in hand',
	takenDetail: 'Scan more, type how many, or scan the bin where it goes.',
	putDown_one: '{{count}} unit is at {{bin}}',
	putDown_other: '{{count}} units are at {{bin}}',
	putDownDetail: 'Saved here.',
	setUnits: 'That many',
	quantity: 'How many “{{name}}” do you take?',
	namedDetail: 'Scan each unit as you take it, or type how many.',
	namedHint: 'How many are taken; or scan them one by one',
	quantityHint: 'Only if you don’t scan each unit.',
	otherBin: 'Take from another bin too',
	backLast: 'Put the last one back',
	hand: 'In hand',
	empty: 'Scan the bin from which you take',
	emptyHint: 'Then the products, then the bin where they go.',
	judged: {
		same_bin: { title: '{{bin}} is where it came from', detail: 'Scan another bin, or F4 puts the last one back.' },
		closed_bin: { title: 'Bin {{bin}} is closed', detail: 'Nothing was moved. Scan an open bin.' },
		more_than_books: {
			title: 'The books have only {{held}} at {{bin}}',
			detail: 'That unit was not taken. Count the bin first.',
		},
		no_bin: { title: 'From which bin?', detail: 'The books know none for this product. Scan the bin first.' },
		lot_missing: { title: 'Which lot?', detail: 'This product is kept by lot. Scan the code that names it.' },
		serial_missing: { title: 'Which one?', detail: 'This product is kept by serial number. Scan each unit.' },
		serial_twice: { title: 'Serial number {{serial}} again', detail: 'It is in your hands already.' },
		unknown: { title: 'Unknown product', detail: 'The catalog on this device does not have it. Nothing was taken.' },
	},
};

export type MoveWords = typeof words;
export default words;
