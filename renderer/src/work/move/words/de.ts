import type { MoveWords } from './en.ts';

const words: MoveWords = {
	title: 'Umlagern',
	from: 'Von {{bin}}',
	fromDetail: 'Scannen, was herausgenommen wird.',
	taken: '{{count}} × {{name}} in der Hand',
	takenDetail: 'Weiter scannen, die Menge eintippen, oder den Platz scannen, wohin es kommt.',
	putDown_one: '{{count}} Stück liegt auf {{bin}}',
	putDown_other: '{{count}} Stück liegen auf {{bin}}',
	putDownDetail: 'Hier gespeichert.',
	setUnits: 'So viele',
	quantity: 'Wie viele „{{name}}“ werden genommen?',
	namedDetail: 'Scannen Sie jedes Stück beim Herausnehmen, oder geben Sie ein, wie viele es sind.',
	namedHint: 'Wie viele herausgenommen werden; oder einzeln scannen',
	quantityHint: 'Nur, wenn nicht jedes Stück gescannt wird.',
	otherBin: 'Auch von einem anderen Platz nehmen',
	backLast: 'Das Letzte zurücklegen',
	hand: 'In der Hand',
	empty: 'Den Platz scannen, von dem genommen wird',
	emptyHint: 'Dann die Artikel, dann den Platz, wohin sie kommen.',
	judged: {
		same_bin: {
			title: 'Von {{bin}} kommt es gerade',
			detail: 'Einen anderen Platz scannen, oder F4 legt das Letzte zurück.',
		},
		closed_bin: {
			title: 'Lagerplatz {{bin}} ist gesperrt',
			detail: 'Nichts wurde umgelagert. Einen offenen Platz scannen.',
		},
		more_than_books: {
			title: 'Die Bücher haben auf {{bin}} nur {{held}}',
			detail: 'Dieses Stück wurde nicht genommen. Erst den Platz zählen.',
		},
		no_bin: {
			title: 'Von welchem Platz?',
			detail: 'Die Bücher kennen für diesen Artikel keinen. Erst den Platz scannen.',
		},
		lot_missing: {
			title: 'Welche Charge?',
			detail: 'Dieser Artikel wird nach Charge geführt. Den Code scannen, der sie nennt.',
		},
		serial_missing: {
			title: 'Welches Stück?',
			detail: 'Dieser Artikel wird nach Seriennummer geführt. Jedes Stück scannen.',
		},
		serial_twice: { title: 'Seriennummer {{serial}} noch einmal', detail: 'Sie ist schon in der Hand.' },
		unknown: {
			title: 'Unbekannter Artikel',
			detail: 'Der Katalog auf diesem Gerät hat ihn nicht. Nichts wurde genommen.',
		},
	},
};

export default words;
