import type { BinsWords } from './en.ts';

const words: BinsWords = {
	title: 'Gesperrte Lagerplätze',
	list: 'Lagerplätze außer Betrieb',
	closed_one: '{{count}} außer Betrieb',
	closed_other: '{{count}} außer Betrieb',
	open: '{{bin}} wieder in Betrieb nehmen',
	close: 'Einen Lagerplatz sperren',
	needsManager: 'Die Leitung oder der Betrieb kann Lagerplätze sperren und wieder in Betrieb nehmen.',
	emptyTitle: 'Alle Lagerplätze sind in Betrieb',
	emptyText:
		'Scannen Sie einen Lagerplatz, um ihn zu sperren: Dann wird dorthin nichts angenommen oder umgelagert und dort nichts gezählt.',
	recorded: 'Nach den Stammdaten des Standorts',
	by: '{{name}}, {{time}}',
	openDialog: { title: '{{bin}} wieder in Betrieb nehmen?', yes: 'Ja, wieder in Betrieb', no: 'Nein, gesperrt lassen' },
	dialog: {
		title: 'Einen Lagerplatz sperren',
		titleOf: '{{bin}} sperren',
		text: 'Bis er wieder in Betrieb ist, wird dorthin nichts angenommen oder umgelagert und dort nichts gezählt. Herausnehmen darf man.',
		bin: 'Welcher Lagerplatz?',
		reason: 'Warum?',
		confirm: 'Sperren',
		leave: 'In Betrieb lassen',
	},
	said: {
		closed: '{{bin}} ist gesperrt',
		closedDetail: 'Lagern Sie um, was dort liegt.',
		opened: '{{bin}} ist wieder in Betrieb',
		openedDetail: 'Zählen Sie, was dort liegt.',
		isClosed: '{{bin}} ist außer Betrieb',
		isClosedDetail: 'Enter nimmt ihn wieder in Betrieb.',
		inUse: '{{bin}} ist in Betrieb',
	},
};

export default words;
