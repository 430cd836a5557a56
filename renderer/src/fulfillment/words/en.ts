const words = {
	said: {
		unknownProduct: 'Unknown product',
		unknownProductDetail: 'No product here has the code {{code}}.',
		unknownCode: 'Unknown code',
		unknownCodeDetail: '“{{code}}”: {{reason}}',
		customerPass: 'A customer’s pass',
		customerPassDetail: 'Hand over on the Pickup screen.',
		answerFirst: 'Answer the question first',
		answerFirstDetail: 'The scan was not counted.',
		failed: 'The scan was not counted',
		failedDetail: 'Something went wrong on this device. Scan it again.',
	},
	change: {
		cancelled: 'This order was cancelled just now',
		cancelledDetail: 'Stop. Put back what you have in hand.',
		moved: 'This order was taken from this site just now',
		movedDetail: 'Stop. Put back what you have in hand.',
		lessWanted: 'Fewer are wanted now',
		lessWantedDetail: '{{name}}: {{wanted}} wanted.',
		otherPicker: '{{name}} is picking this order too',
		otherPickerDetail: 'Agree who goes on, so that nothing is picked twice.',
		putBack: 'Units to put back',
		putBackDetail: '{{quantity}} × {{name}}: more in hand than the order wants.',
	},
	unknownReason: {
		empty: 'the code is empty. Scan it again.',
		not_a_code: 'this is no code that Backstock knows.',
		no_product: 'the code names no product.',
		broken_gs1: 'the code is incomplete. Scan it again.',
		wrong_length: 'a product code never has this many digits.',
		wrong_check_digit: 'the check digit is wrong, so it was misread or the label is damaged. Scan it again.',
		wrong_number_system: 'the digits are no valid product code.',
		all_zeros: 'the code is all zeros.',
	},
};

export type FulfillmentWords = typeof words;
export default words;
