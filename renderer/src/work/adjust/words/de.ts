import type { AdjustWords } from './en.ts';

const words: AdjustWords = {
	title: 'Korrigieren',
	save: 'Bestand korrigieren',
	saved: '{{change}} × {{name}}',
	takeOff: 'Abschreiben, und warum',
	add: 'Zuschreiben, und warum',
	clear: 'Neu beginnen',
	manager: 'Leitung anmelden lassen',
	why: 'Warum?',
	noReason: 'Warum? F2 schreibt Stück ab, F4 schreibt welche zu.',
	reason: 'Warum: {{reason}}',
	quantity: 'Wie viele Stück?',
	units_one: '{{count}} Stück',
	units_other: '{{count}} Stück',
	lot: 'Charge',
	note: 'Bemerkung, wenn etwas zu sagen ist',
	serials: 'Seriennummern: {{list}}',
	atBin: 'Auf {{bin}}',
	sayWhy: 'Sagen, warum und wie viele.',
	unknown: 'Unbekannter Artikel',
	finishFirst: 'Erst „{{name}}“ fertig machen',
	finishFirstDetail: 'Enter korrigiert ihn, F6 beginnt neu. Von diesem Scan wurde nichts übernommen.',
	serialTwice: 'Seriennummer {{serial}} noch einmal. Sie zählt einmal.',
	empty: 'Scannen, was korrigiert werden soll',
	emptyHint: 'Erst den Lagerplatz, wenn es auf mehreren liegt. Sieht nur die Zahl falsch aus: lieber zählen.',
	judged: {
		more_than_books: {
			title: 'Die Bücher haben nur {{held}}',
			detail: 'Nichts wurde korrigiert. Den Artikel zählen: Dann stimmen die Bücher, was immer war.',
		},
		needs_manager: {
			title: 'Das braucht die Leitung',
			detail: 'Es ist mehr, als Sie korrigieren dürfen. F9: Die Leitung meldet sich an, das Eingegebene bleibt.',
		},
		closed_bin: {
			title: 'Lagerplatz {{bin}} ist gesperrt',
			detail: 'Dort wird nichts zugeschrieben. Einen offenen Platz scannen.',
		},
		lot_missing: {
			title: 'Welche Charge?',
			detail: 'Dieser Artikel wird nach Charge geführt. Den Code mit Charge scannen, oder sie eintippen.',
		},
		serials: {
			title: 'Gescannte Seriennummern: {{count}}',
			detail: 'Dieser Artikel wird nach Seriennummer geführt. Jedes Stück einmal scannen.',
		},
	},
};

export default words;
