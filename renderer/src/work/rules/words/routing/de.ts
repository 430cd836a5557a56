import type { RoutingRulesWords } from './en.ts';

const words: RoutingRulesWords = {
	cannot: {
		role: 'Die Regeln des Routings kann nur die Rolle Operations sehen und ändern.',
		away: 'Die Zentrale ist nicht erreichbar',
		refused: 'Die Zentrale hat nicht angenommen, wer hier angemeldet ist',
	},
	hint: {
		role: 'Warum ein Auftrag wohin ging, steht beim Auftrag.',
		away: 'Nur die Zentrale teilt Aufträge zu, darum liegen ihre Regeln nur dort. Fragen Sie wieder, wenn sie erreichbar ist.',
		refused: 'Melden Sie sich neu an, solange Sie verbunden sind.',
	},
	form: {
		orders: 'Welche Aufträge (leer: alle)',
		placeHint: '1 bis {{places}}',
		countriesHint: 'Wohin die Ware geht: zwei Buchstaben, etwa GB',
		valueFrom: 'Wert des Auftrags ab ({{currency}})',
		valueTo: 'Wert des Auftrags bis ({{currency}})',
		productsHint: 'Mit mindestens einem passenden Artikel (leer: beliebig):',
		noSplitBelow: 'In einem Paket unter ({{currency}})',
		worth: 'Um wie viel billiger sie zählen ({{currency}})',
		worthHint: 'Je Paket; leer: keiner wird bevorzugt',
		fallbacksHint:
			'Nur Standorte dieser Schritte werden gefragt. Ein Schritt ohne Bedingung ist jeder Standort. Ohne Schritte werden alle Standorte zugleich gefragt.',
		step: 'Schritt {{step}}',
		addStep: 'Schritt hinzufügen',
		stepUp: 'Schritt {{step}} nach oben',
		removeStep: 'Schritt {{step}} entfernen',
	},
	way: {
		yes: 'ja',
		no: 'nein',
		ship_rest: 'versenden, was da ist',
		hold: 'warten, bis genug da ist',
	},
	text: {
		everyOrder: 'jeder Auftrag',
		countries: 'nach {{names}}',
		with: 'mit {{products}}',
		worthRange: 'im Wert von {{from}} bis {{to}}',
		worthFrom: 'im Wert ab {{from}}',
		worthTo: 'im Wert bis {{to}}',
		prefer: 'lieber von: {{sites}} (zählt {{worth}} billiger)',
		exclude: 'nie von: {{sites}}',
		fallbacks: 'zuerst von: {{sites}}',
		thenFrom: ', dann von: ',
		together: 'alles von einem Standort',
		apart: 'darf von mehreren Standorten kommen',
		noSplitBelow: 'in einem Paket unter {{amount}}',
		unfillable: { ship_rest: 'versendet, was da ist', hold: 'wartet, bis genug da ist' },
		zone: 'bis {{km}} km: {{parcel}} + {{unit}} je Stück + {{kilogram}} je kg',
		lastZone: 'weiter: {{parcel}} + {{unit}} je Stück + {{kilogram}} je kg',
	},
};

export default words;
