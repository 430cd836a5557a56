import type { DocumentWords } from './en.ts';

const words: DocumentWords = {
	packingSlip: 'Lieferschein',
	pickupReceipt: 'Abholbeleg',
	order: 'Bestellung {{number}}',
	fulfillmentOrder: 'Teil {{number}}',
	package: 'Paket {{place}}',
	shipTo: 'Lieferung an',
	from: 'Absender',
	packedAt: 'Gepackt',
	collectedAt: 'Abgeholt',
	collectedBy: 'Abgeholt von',
	placedFor: 'Kunde',
	item: 'Artikel',
	ordered: 'Bestellt',
	inPackage: 'In diesem Paket',
	collected: 'Jetzt abgeholt',
	each: 'Stückpreis',
	amount: 'Betrag',
	total: 'Summe',
	units: 'Stück',
	weight: 'Gewicht',
	tracking: 'Sendungsnummer',
	notAvailable: 'Nicht lieferbar: {{quantity}}',
	cancelled: 'Storniert: {{quantity}}',
	elsewhere: 'In einem anderen Paket oder folgt: {{quantity}}',
	toReturn: 'Für eine Rückgabe zeigen Sie den Code oben in einer unserer Filialen.',
	transfer: 'Umlagerung {{number}}',
	to: 'An',
	page: 'Seite {{page}} von {{pages}}',
};

export default words;
