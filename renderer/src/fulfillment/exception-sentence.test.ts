import i18next, { type TFunction } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { type ExceptionCase, type ExceptionDetail, exceptionKinds } from '../../../shared/schema/exception-case.ts';
import { exceptionSentence } from './exception-sentence.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const languages = ['en', 'de', 'es'] as const;
const texts = i18next.createInstance();
const words = (language: string): TFunction<'fulfillment'> => texts.getFixedT(language, 'fulfillment');

const home = { line1: '12 Mill Lane', town: 'Leeds', postalCode: 'LS1', country: 'GB' };
const handover = { at: '2026-11-22T10:00:00Z', actorName: 'Ann', identityCheck: 'pass_code', units: 2 } as const;
/** All that any kind speaks of. */
const everything: ExceptionDetail = {
	sku: 'MUG',
	productName: 'Blue mug',
	quantity: 2,
	fulfillmentOrderNumber: '1042-1',
	heldState: 'cancelled',
	shortReason: 'damaged',
	otherSiteName: 'York',
	bucket: 'picked',
	unitsNow: -2,
	cameBack: 2,
	couldComeBack: 1,
	serial: 'SN-17',
	expected: 9,
	counted: 7,
	adjustReason: 'damaged',
	operationType: 'teleport',
	operationSeq: 12,
	problem: 'unknown_type',
	handovers: [
		{ ...handover, collectedBy: 'Ada' },
		{ ...handover, collectedBy: 'Bob' },
	],
	labelAddress: home,
	orderAddress: { ...home, line1: '7 Hill Road' },
	trackingNumber: 'T1',
	supplyNumber: 'PO-7',
	differences: [
		{ sku: 'MUG', name: 'Blue mug', expected: 5, received: 3, damaged: 1 },
		{ sku: 'PEN', name: 'Pen', expected: 2, received: 4, damaged: 0 },
	],
	products: [
		{ sku: 'MUG', name: 'Blue mug', quantity: 3 },
		{ sku: 'PEN', name: 'Pen', quantity: 1 },
	],
	sscc: '095012345678901237',
	serials: ['SN-1', 'SN-2'],
	expiresOn: '2026-11-21',
	reason: 'all sold',
	bin: 'Z-1',
	promisedAt: '2026-11-22T12:00:00Z',
};

function caseOf(exceptionKind: ExceptionCase['exceptionKind'], detail: ExceptionDetail): ExceptionCase {
	return {
		...detail,
		id: 'e-1',
		kind: 'exception',
		exceptionKind,
		priority: 'high',
		state: 'open',
		siteId: 'S-1',
		operationId: 'o-1',
		deviceId: 'd-1',
		actorName: 'Ann',
		openedAt: '2026-11-22T10:00:00Z',
		orderNumber: '1042',
		fact: 'the fact as it came',
		plan: 'the plan as it came',
	};
}

beforeAll(async () => {
	await texts.init({
		lng: 'en',
		resources: { en: { fulfillment: en }, de: { fulfillment: de }, es: { fulfillment: es } },
		interpolation: { escapeValue: false },
	});
});

test('every kind of exception is told from its data in every language, with nothing left open', () => {
	for (const language of languages) {
		for (const kind of exceptionKinds) {
			const { happened, held } = exceptionSentence(words(language), caseOf(kind, everything));
			expect(`${kind}: ${happened} ${held}`).not.toMatch(/\{\{|undefined|exception\.|as it came/);
		}
	}
});

test('a case without data is told as it came', () => {
	const { sku, quantity } = everything;
	const old = caseOf('second_handover', { ...(sku === undefined ? {} : { sku }), quantity: quantity ?? 0 });
	expect(exceptionSentence(words('de'), old).happened).toBe('the fact as it came');
	const tomorrow = { ...caseOf('surplus_pick', everything), exceptionKind: 'of_tomorrow' } as unknown as ExceptionCase;
	expect(exceptionSentence(words('de'), tomorrow)).toEqual({
		happened: 'the fact as it came',
		held: 'the plan as it came',
	});
});

test('a problem that this version does not know is named, not hidden', () => {
	const unknown = caseOf('operation_quarantined', { ...everything, problem: 'of_tomorrow' });
	expect(exceptionSentence(words('en'), unknown).held).toContain('of_tomorrow');
});

test('both collectors of a pickup that was handed over twice are named', () => {
	expect(exceptionSentence(words('en'), caseOf('second_handover', everything))).toEqual({
		happened: '2 × Blue mug of 1042-1 handed over again, to Bob.',
		held: '1042-1 had been handed over to Ada.',
	});
	const { sku: _, productName: __, ...ofSeveral } = everything;
	expect(exceptionSentence(words('en'), caseOf('second_handover', ofSeveral)).happened).toBe(
		'2 units of 1042-1 handed over again, to Bob.',
	);
});

test('work that came back to the site that had begun it is told to each of the two sites from its side', () => {
	const back = { ...everything, otherSiteName: 'York' };
	const here = exceptionSentence(words('en'), caseOf('moved_back', { ...back, heldState: 'moved' }));
	expect(here.held).toBe('York had not begun, so it is this site’s work again.');
	const there = exceptionSentence(words('en'), caseOf('moved_back', { ...back, heldState: 'assigned' }));
	expect(there).toEqual({
		happened: 'York had begun 1042-1 before it came here.',
		held: 'It is the work of York again; here nothing is to be done.',
	});
});

test('a product without a name in the case is named by the catalog, else by its SKU', () => {
	const { productName: _, ...nameless } = everything;
	const counted = caseOf('count_differs', nameless);
	expect(exceptionSentence(words('en'), counted, 'Mug of the catalog').happened).toBe(
		'7 × Mug of the catalog counted.',
	);
	expect(exceptionSentence(words('en'), counted).happened).toBe('7 × MUG counted.');
});

test('a delivery that is not as it should be is told by product', () => {
	expect(exceptionSentence(words('en'), caseOf('delivery_differs', everything)).happened).toBe(
		'Of PO-7 came: Blue mug 3 of 5 and 1 damaged; Pen 4 of 2.',
	);
	const { differences: _, ...nothing } = everything;
	expect(exceptionSentence(words('en'), caseOf('delivery_differs', nothing)).happened).toBe('Of PO-7 nothing came.');
});

test('what a lost device may have promised is listed', () => {
	const told = exceptionSentence(words('en'), caseOf('rights_written_off', { ...everything, reason: 'stolen' }));
	expect(told.happened).toBe(
		'Central frees what was set aside for a device that does not come back (stolen): 3 × Blue mug, 1 × Pen.',
	);
});

test('a pickup whose site can not be asked is told with the time that its customer knows', () => {
	const told = exceptionSentence(words('en'), caseOf('pickup_in_danger', { ...everything, problem: 'closed' }));
	expect(told.happened).toBe('York is closed.');
	expect(told.held).toMatch(/^1042-1 is promised to its customer there for (Nov 2[123]|2[123] Nov), \d\d:\d\d\.$/);
	const quiet = exceptionSentence(words('en'), caseOf('pickup_in_danger', { ...everything, problem: 'quiet' }));
	expect(quiet.happened).toBe('No device of York was heard of for an hour of its opening hours.');
});
