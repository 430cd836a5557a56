import type { StockWords } from './en.ts';

const words: StockWords = {
	title: 'Bestand',
	list: 'Arbeit am Bestand',
	waiting_one: '{{count}} wartet',
	waiting_other: '{{count}} warten',
	place: {
		receive: {
			title: 'Annahme',
			detail: 'Lieferungen von Lieferanten und anderen Standorten, und was ohne Papiere kommt',
		},
		transfer: {
			title: 'Umlagerung',
			detail: 'Ware, um die andere Standorte bitten, und um die dieser Standort bittet',
		},
		count: { title: 'Zählen', detail: 'Was verlangt ist, ein Regal nach Wahl, oder ein zweiter Blick auf Differenzen' },
		adjust: {
			title: 'Korrigieren',
			detail: 'Beschädigt, abgelaufen, gefunden, verloren: mit Grund ab- oder zuschreiben',
		},
		move: { title: 'Umlagern', detail: 'Von einem Lagerplatz auf einen anderen' },
		bins: { title: 'Gesperrte Lagerplätze', detail: 'Welche Lagerplätze außer Betrieb sind, und warum' },
		lookup: { title: 'Nachschlagen', detail: 'Wo ein Artikel liegt, wer ihn will und was kommt' },
		rules: { title: 'Zusageregeln', detail: 'Was zurückbehalten wird, und wer abholen oder beliefert werden kann' },
		sell: { title: 'Verkaufen', detail: 'Ware, die ein Kunde mitnimmt' },
		reserve: { title: 'Ware zurücklegen', detail: 'Für einen Kunden, bis zu einer Zeit' },
		kept: { title: 'Für Kunden zurückgelegt', detail: 'Was, für wen und bis wann' },
		capture: { title: 'Auftrag aufnehmen', detail: 'Am Tresen oder am Telefon, zum Abholen oder Schicken' },
	},
};
export default words;
