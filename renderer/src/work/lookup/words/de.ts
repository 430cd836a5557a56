import type { LookupWords } from './en.ts';

const words: LookupWords = {
	title: 'Nachsehen',
	find: {
		label: 'Name, SKU oder Nummer eines Artikels',
		hint: 'Oder scannen. Ein Teil des Namens genügt.',
		action: 'Anderen suchen',
		list: 'Artikel, die passen',
		empty: 'Einen Artikel scannen oder einen Teil seines Namens tippen',
		emptyHint: 'Sie sehen, wo er liegt, wie viele da sind, wer sie haben will und was unterwegs ist.',
		none: 'Kein Artikel hier passt zu „{{query}}“',
		noneHint: 'Schreibweise prüfen, weniger Buchstaben tippen oder den Strichcode am Artikel scannen.',
		onShelf_one: '{{count}} im Regal · {{bin}}',
		onShelf_other: '{{count}} im Regal · {{bin}}',
	},
	unknown: {
		title: 'Unbekannter Artikel',
		code: 'Der Katalog auf diesem Gerät hat keinen Artikel mit {{code}}.',
		sku: 'Der Katalog auf diesem Gerät hat {{sku}} nicht.',
	},
	verdict: {
		none: 'Keiner im Regal',
		some_one: '{{count}} im Regal',
		some_other: '{{count}} im Regal',
	},
	here: {
		title: 'An diesem Standort',
		noBin: 'Kein Fach bekannt',
		certainty: 'Was die Bücher hier haben, ist {{how}}.',
		bins: 'Fächer und Chargen',
		inBin: '{{count}} in {{bin}}',
		lot: 'Charge {{lot}}',
		goodUntil: 'haltbar bis {{day}}',
	},
	tracking: { lot: 'nach Charge', serial: 'nach Seriennummer' },
	place: {
		available: 'frei im Regal',
		allocated: 'für Aufträge zurückgelegt',
		picked: 'für Aufträge entnommen',
		staged_one: 'wartet auf den Kunden',
		staged_other: 'warten auf ihre Kunden',
		quarantine: 'in Quarantäne',
		damaged: 'beschädigt',
	},
	promise: {
		own_one: '{{count}} davon darf dieses Gerät versprechen, auch ohne Netz.',
		own_other: '{{count}} davon darf dieses Gerät versprechen, auch ohne Netz.',
		none: 'Ohne Netz darf dieses Gerät keinen davon versprechen.',
	},
	coming: {
		title: 'Unterwegs hierher',
		nothing: 'Hierher ist nichts unterwegs.',
		purchase_order_one: '{{count}} von {{from}}',
		purchase_order_other: '{{count}} von {{from}}',
		transfer_sent_one: '{{count}} unterwegs von {{from}}',
		transfer_sent_other: '{{count}} unterwegs von {{from}}',
		transfer_asked_one: '{{count}} angefragt bei {{from}}, noch nicht geschickt',
		transfer_asked_other: '{{count}} angefragt bei {{from}}, noch nicht geschickt',
		on: 'erwartet {{day}}',
	},
	wanted: {
		title: 'Offene Aufträge, die ihn brauchen',
		nothing: 'Kein offener Auftrag hier braucht ihn.',
		order_one: '{{count}} für {{number}}',
		order_other: '{{count}} für {{number}}',
		more_one: 'und {{count}} weitere',
		more_other: 'und {{count}} weitere',
	},
	act: { count: 'Zählen', another: 'Anderen nachsehen', reserve: 'Für einen Kunden zurücklegen', sell: 'Verkaufen' },
};

export default words;
