import type { CountWords } from './en.ts';

const words: CountWords = {
	title: 'Zählen',
	what: '„{{name}}“ auf {{bin}} zählen',
	whatNoBin: '„{{name}}“ zählen, wo immer es liegt',
	quantity: 'Stück im Regal',
	hint: 'Auch was für Aufträge zurückgelegt ist, aber nicht, was schon gepickt ist. 0, wenn nichts da ist.',
	record: 'Zählung festhalten',
	right: 'Richtiger Artikel',
	rightDetail: 'Eingeben, wie viele im Regal liegen.',
	again: 'Noch einmal zählen',
	againDetail:
		'Die Bücher haben eine andere Zahl. Eingeben, was jetzt gezählt wird: Dieselbe Zahl noch einmal hält es fest.',
	done: {
		same: 'So viele, wie die Bücher haben',
		found_one: '{{count}} mehr, als die Bücher hatten',
		found_other: '{{count}} mehr, als die Bücher hatten',
		missing_one: '{{count}} fehlt',
		missing_other: '{{count}} fehlen',
		detail: '{{counted}} gezählt, {{expected}} in den Büchern. Hier gespeichert.',
	},
	unknown: { title: 'Unbekannter Artikel', detail: 'Der Katalog auf diesem Gerät hat {{sku}} nicht.' },
};

export default words;
