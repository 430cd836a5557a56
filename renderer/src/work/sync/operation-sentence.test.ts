import i18next, { type i18n } from 'i18next';
import { describe, expect, test } from 'vitest';
import { refusalReasons } from '../../../../shared/domain/decision.ts';
import type { OperationOutcome } from '../../../../shared/protocol/messages.ts';
import { exceptionKinds } from '../../../../shared/schema/exception-case.ts';
import { type OperationEnvelope, operationTypes } from '../../../../shared/schema/operation.ts';
import { attentionKey, lostRecord, quarantineReasons } from '../../device/operation-fate.ts';
import { operationSentence, type SentenceDocuments } from './operation-sentence.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const target = { fulfillmentOrderId: 'F-1', orderId: 'O-1' };
const unit = { lineId: 'l1', sku: 'MUG', quantity: 2 };
const payloads: Readonly<Record<(typeof operationTypes)[number], object>> = {
	start_picking: target,
	pick: { ...target, ...unit },
	undo_pick: { ...target, ...unit },
	short: { ...target, ...unit, reason: 'not_found' },
	pack: { ...target, packageId: 'B-1', lines: [unit], weightGrams: 700 },
	ship: { ...target, packageId: 'B-1', trackingNumber: 'TRACK-1' },
	stage: { ...target, location: 'PU-01' },
	hand_over: { ...target, lines: [unit], identityCheck: 'pass_code', collectedBy: 'Ada Byron' },
	put_back: { ...target, sku: 'MUG', quantity: 2 },
	return: {
		returnId: 'R-1',
		orderId: 'O-1',
		orderNumber: '1042',
		lines: [{ ...unit, reason: 'unwanted', grade: 'as_new', disposition: 'restock' }],
		refund: { minor: 1, currency: 'GBP' },
	},
	cancel: { ...target, reason: 'ordered twice' },
	decline: { ...target, reason: 'no staff' },
	edit_address: { orderId: 'O-1', shipTo: { line1: '1 Hill Road', town: 'York', postalCode: 'YO1', country: 'GB' } },
	print_label: {
		...target,
		packageId: 'B-1',
		shipTo: { line1: '1 Hill Road', town: 'York', postalCode: 'YO1', country: 'GB' },
	},
	count: { countId: 'C-1', sku: 'MUG', posts: 'at_once', scans: [{ expected: 3, counted: 2 }] },
	open_count: { countId: 'c1', countKind: 'free', areas: [], asked: [] },
	note_unknown_code: { countId: 'c1', code: '4006381333931', quantity: 2 },
	settle_unknown_code: { countId: 'c1', code: '4006381333931', product: null },
	submit_count: { countId: 'c1', roles: ['associate'] },
	review_count: { countId: 'c1', recount: [] },
	post_count: { countId: 'c1', differences: [] },
	cancel_count: { countId: 'c1' },
	adjust: { adjustmentId: 'a1', sku: 'MUG', name: 'Blue mug', quantity: 2, reason: 'damaged' },
	capture_order: {
		orderId: 'O-2',
		fulfillmentOrderId: 'F-2',
		orderNumber: '1042',
		passCode: 'ACDEFG',
		siteName: 'Leeds',
		capture: {
			channel: 'LDS',
			externalId: 'O-2',
			method: 'pickup',
			currency: 'GBP',
			customer: { name: 'Ada Byron' },
			shipTo: { line1: '1 Hill Road', town: 'York', postalCode: 'YO1', country: 'GB' },
			lines: [{ sku: 'MUG', quantity: 2 }],
		},
		goods: [
			{
				sku: 'MUG',
				name: 'Mug',
				gtins: [],
				unitPrice: { minor: 1, currency: 'GBP' },
				unitWeightGrams: 1,
				bin: 'A-1',
			},
		],
		rights: [{ sku: 'MUG', quantity: 2 }],
	},
	reserve_stock: {
		reservationId: 'R-2',
		lines: [{ sku: 'MUG', name: 'Mug', quantity: 2 }],
		expiresAt: '2026-11-22T18:05:00Z',
		rights: [],
	},
	release_reservation: { reservationId: 'R-2' },
	sell: { saleId: 'S-2', lines: [{ sku: 'MUG', quantity: 2 }], rights: [] },
	release_rights: { rights: [{ sku: 'MUG', quantity: 2 }] },
	move_between_bins: { sku: 'MUG', quantity: 2, fromBin: 'A-1-1', toBin: 'B-2-1' },
	receive: {
		receiptId: 'R-1',
		purchaseOrderId: 'PO-1',
		lines: [{ lineId: 'l1', sku: 'MUG', name: 'Blue mug', quantity: 2, condition: 'good' }],
	},
	undo_receive: { receiptId: 'R-1', lineIds: ['l1'] },
	close_receipt: { receiptId: 'R-1', transferId: 'T-1', complete: true },
	request_transfer: {
		transferId: 'T-1',
		number: 'T-7',
		fromSiteId: 'S-2',
		fromSiteName: 'Leeds',
		toSiteName: 'York',
		expectedOn: '2026-11-24',
		lines: [{ sku: 'MUG', name: 'Blue mug', gtins: [], quantity: 2 }],
	},
	cancel_transfer: { transferId: 'T-1', reason: 'not needed' },
	decline_transfer: { transferId: 'T-1', reason: 'all sold' },
	close_bin: { binClosureId: 'bin:S-1:A-1', bin: 'A-1', reason: 'wet' },
	open_bin: { binClosureId: 'bin:S-1:A-1', bin: 'A-1' },
	open_transfer: {
		transferId: 'T-1',
		number: 'T-7',
		fromSiteName: 'Leeds',
		toSiteId: 'S-2',
		toSiteName: 'York',
		expectedOn: '2026-11-24',
	},
	pick_transfer: { transferId: 'T-1', sku: 'MUG', quantity: 2 },
	put_back_transfer: { transferId: 'T-1', sku: 'MUG', quantity: 2 },
	short_transfer: { transferId: 'T-1', sku: 'MUG', quantity: 2, reason: 'not_found' },
	pack_transfer: { transferId: 'T-1', sscc: '095012345678901237', lines: [{ sku: 'MUG', quantity: 2 }] },
	send_transfer: { transferId: 'T-1', lines: [{ sku: 'MUG', quantity: 2 }] },
	resolve_exception: { exceptionId: 'E-1', note: 'billed' },
	retry_operation: { exceptionId: 'E-1', operationId: '00000000-0000-7000-8000-000000000002' },
	set_aside: { operationId: '00000000-0000-7000-8000-000000000002', reason: 'seen' },
	ask_manager: { exceptionId: 'E-1', note: 'What now?' },
};

function envelope(type: string, payload: unknown): OperationEnvelope {
	return {
		opId: '00000000-0000-7000-8000-000000000001',
		deviceId: 'D-1',
		laneId: 'L-1',
		seq: 1,
		type,
		v: 1,
		payload,
		basis: { epoch: 'e', position: 0 },
		actor: { associateId: 'P-1', name: 'Leah Hall' },
		grant: null,
		occurredAt: { wall: '2026-11-22T14:05:00Z', monotonicMs: 1, bootId: 'b', serverOffsetMs: null },
		previousHash: '',
		hash: '0'.repeat(64),
	};
}

const mug = { lineId: 'l1', id: 'l1', sku: 'MUG', name: 'Blue mug', ordered: 3 };
const known = {
	fulfillmentOrder: () => ({ orderNumber: '1042', lines: [mug] }),
	order: () => ({ number: '1042', lines: [mug] }),
	supply: () => ({ number: 'T-7', lines: [mug] }),
	operation: () => envelope('cancel', payloads.cancel),
} as unknown as SentenceDocuments;
const unknown: SentenceDocuments = {
	fulfillmentOrder: () => null,
	order: () => null,
	supply: () => null,
	operation: () => null,
};

function wordsIn(language: 'en' | 'de' | 'es'): i18n {
	const words = i18next.createInstance();
	void words.init({
		lng: language,
		initAsync: false,
		defaultNS: 'sync',
		resources: { [language]: { sync: { en, de, es }[language] } },
		interpolation: { escapeValue: false },
		// A missing word shows as its key otherwise, and nobody notices.
		saveMissing: true,
		missingKeyHandler: (_languages, _namespace, key) => {
			throw new Error(`${language} has no words for ${key}`);
		},
	});
	return words;
}

const ofSupply = /transfer|receive|receipt/;
const namesNoOrder: readonly string[] = [
	'resolve_exception',
	'ask_manager',
	'open_count',
	'count',
	'note_unknown_code',
	'settle_unknown_code',
	'submit_count',
	'review_count',
	'post_count',
	'cancel_count',
	'adjust',
	'move_between_bins',
	'close_bin',
	'open_bin',
	'reserve_stock',
	'release_reservation',
	'sell',
	'release_rights',
];

describe('operations as sentences', () => {
	test('my pick says what, how many and for which order', () => {
		const { t } = wordsIn('en');
		expect(operationSentence(envelope('pick', payloads.pick), known, 'P-1', t)).toBe(
			'You picked 2 × Blue mug for order 1042',
		);
	});

	test('a part of an order says of how many', () => {
		const { t } = wordsIn('en');
		expect(operationSentence(envelope('hand_over', payloads.hand_over), known, 'P-1', t)).toBe(
			'You handed over 2 of 3 items of order 1042 to Ada Byron',
		);
		expect(operationSentence(envelope('hand_over', payloads.hand_over), unknown, 'P-1', t)).toBe(
			'You handed over 2 items of order O-1 to Ada Byron',
		);
	});

	test('what is set aside or judged again is quoted', () => {
		const { t } = wordsIn('en');
		expect(operationSentence(envelope('set_aside', payloads.set_aside), known, 'P-1', t)).toBe(
			'You set aside: “You asked to cancel order 1042 here: ordered twice”. seen',
		);
		expect(operationSentence(envelope('retry_operation', payloads.retry_operation), unknown, null, t)).toBe(
			'Leah Hall asked central to judge again: an earlier operation',
		);
	});

	test('someone of the same name is not called you', () => {
		const { t } = wordsIn('en');
		expect(operationSentence(envelope('pick', payloads.pick), known, 'P-9', t)).toMatch(/^Leah Hall picked/);
	});

	test('a colleague’s work names the colleague', () => {
		const { t } = wordsIn('de');
		expect(operationSentence(envelope('pick', payloads.pick), known, 'P-2', t)).toBe(
			'Leah Hall hat 2 × Blue mug für Auftrag 1042 gepickt',
		);
	});

	test('every kind of operation has a sentence without gaps in every language', () => {
		for (const language of ['en', 'de', 'es'] as const) {
			const { t } = wordsIn(language);
			for (const type of operationTypes) {
				const sentence = operationSentence(envelope(type, payloads[type]), known, null, t);
				expect(sentence).not.toMatch(/\{\{|undefined|^did\./);
				if (namesNoOrder.includes(type) || type === 'undo_receive') continue;
				expect(sentence).toContain(ofSupply.test(type) ? 'T-7' : '1042');
			}
		}
	});

	test('a sale in exchange names the order of which goods came back', () => {
		const { t } = wordsIn('en');
		const sale = { saleId: 's', lines: [{ sku: 'MUG', quantity: 1 }], rights: [] };
		const exchange = { ...sale, orderId: 'o-1', orderNumber: '1042', returnId: 'r-1' };
		expect(operationSentence(envelope('sell', exchange), unknown, null, t)).toBe(
			'Leah Hall sold 1 item in exchange for what came back of order 1042',
		);
	});

	test('without its documents a sentence still names the order and the SKU by what the operation carries', () => {
		const { t } = wordsIn('en');
		expect(operationSentence(envelope('pick', payloads.pick), unknown, null, t)).toBe(
			'Leah Hall picked 2 × MUG for order O-1',
		);
	});

	test('an operation of a newer version is named, not hidden', () => {
		const { t } = wordsIn('en');
		expect(operationSentence(envelope('teleport', {}), known, null, t)).toContain('teleport');
	});

	test('every refusal and every exception says why and what to do, in every language', () => {
		const outcome = (change: Partial<OperationOutcome>): OperationOutcome => ({
			opId: 'x',
			seq: 1,
			outcome: 'applied',
			exceptions: [],
			position: 1,
			...change,
		});
		const fates = [
			...refusalReasons.map((reason) => outcome({ outcome: 'refused', reason })),
			...exceptionKinds.map((kind) => outcome({ exceptions: [kind] })),
			outcome({ outcome: 'refused', reason: 'a word of tomorrow' }),
			...quarantineReasons.map((reason) => outcome({ outcome: 'quarantined', reason })),
			outcome({ outcome: 'quarantined', reason: 'already_shipped' }),
			outcome({ outcome: 'quarantined', reason: 'a word of tomorrow' }),
			outcome({}),
		];
		for (const language of ['en', 'de', 'es'] as const) {
			const { t } = wordsIn(language);
			for (const each of fates) {
				const key = attentionKey({ operation: envelope('pick', {}), state: 'needs_attention', outcome: each });
				expect(t(`attention.${key}.why`)).toMatch(/\.$/);
				expect(t(`attention.${key}.whatToDo`)).toMatch(/\.$/);
			}
			const lost = { operation: envelope(lostRecord, {}), state: 'needs_attention', outcome: outcome({}) } as const;
			expect(t(`attention.${attentionKey(lost)}.why`)).toMatch(/\.$/);
		}
	});
});
