import type { FulfillmentWords } from './en.ts';

const words: FulfillmentWords = {
	said: {
		unknownProduct: 'Unbekanntes Produkt',
		unknownProductDetail: 'Kein Produkt hier hat den Code {{code}}.',
		unknownCode: 'Unbekannter Code',
		unknownCodeDetail: '„{{code}}“: {{reason}}',
		customerPass: 'Ein Abholpass',
		customerPassDetail: 'Die Übergabe geschieht unter „Abholung“.',
		answerFirst: 'Bitte zuerst die Frage beantworten',
		answerFirstDetail: 'Der Scan wurde nicht gezählt.',
		failed: 'Der Scan wurde nicht gezählt',
		failedDetail: 'Auf diesem Gerät ging etwas schief. Bitte noch einmal scannen.',
	},
	change: {
		cancelled: 'Dieser Auftrag wurde gerade storniert',
		cancelledDetail: 'Halt. Legen Sie zurück, was Sie in der Hand haben.',
		moved: 'Dieser Auftrag wurde diesem Standort gerade entzogen',
		movedDetail: 'Halt. Legen Sie zurück, was Sie in der Hand haben.',
		lessWanted: 'Es werden jetzt weniger gebraucht',
		lessWantedDetail: '{{name}}: {{wanted}} gebraucht.',
		otherPicker: '{{name}} kommissioniert diesen Auftrag auch',
		otherPickerDetail: 'Sprechen Sie ab, wer weitermacht, damit nichts doppelt genommen wird.',
		putBack: 'Stücke zurückzulegen',
		putBackDetail: '{{quantity}} × {{name}}: mehr in der Hand, als der Auftrag braucht.',
	},
	unknownReason: {
		empty: 'der Code ist leer. Bitte noch einmal scannen.',
		not_a_code: 'das ist kein Code, den Backstock kennt.',
		no_product: 'der Code nennt kein Produkt.',
		broken_gs1: 'der Code ist unvollständig. Bitte noch einmal scannen.',
		wrong_length: 'so viele Ziffern hat kein Produktcode.',
		wrong_check_digit: 'die Prüfziffer stimmt nicht: verlesen oder beschädigt. Bitte noch einmal scannen.',
		wrong_number_system: 'die Ziffern sind kein gültiger Produktcode.',
		all_zeros: 'der Code besteht aus Nullen.',
	},
};

export default words;
