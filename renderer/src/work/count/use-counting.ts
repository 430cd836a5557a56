import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serialFault } from '../../../../shared/domain/unit-identity.ts';
import type { CountCase } from '../../../../shared/schema/count.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import { useRecord } from '../../device/index.ts';
import { useClosedBins } from '../../fulfillment/closed-bins.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { currentDocuments, findProduct, findProductByGtins, lotsOn, readShelf } from '../../replica/index.ts';
import { type Scan, useInOrder, useScan } from '../../scanning/index.ts';
import { useVerdict, type Verdict } from '../../ui/index.ts';
import { booksOf, expectedOf, isSameBooks } from './books-of.ts';
import { countVerdictText } from './count-verdict-text.ts';
import { type CountVerdict, judgeCountScan, type Tally } from './judge-count-scan.ts';

/** Counting for one case: what is scanned and typed, until it is recorded as a line. */
export function useCounting(counting: CountCase, area: string) {
	const { t } = useTranslation('count');
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const closedBins = useClosedBins();
	const [bin, setBin] = useState('');
	const [tally, setTally] = useState<Tally | null>(null);
	const [typed, setTyped] = useState<number | null>(null);
	const [lot, setLot] = useState('');
	const [turn, setTurn] = useState(0);
	const lotOfTally = tally?.lot ?? (lot.trim() === '' ? undefined : lot.trim());
	const countId = counting.id;

	const blank = () => {
		setTyped(null);
		setLot('');
		setTurn((before) => before + 1);
	};
	const drop = () => {
		setTally(null);
		blank();
	};
	const begin = async (verdictOf: Extract<CountVerdict, { kind: 'first' }>) => {
		const { product, units, lot: scannedLot, expiresOn, serial } = verdictOf;
		const shelf = await readShelf(product.id, product.tracking);
		if (shelf === null) return;
		blank();
		setTally({
			product,
			scanned: units,
			...(scannedLot === undefined ? {} : { lot: scannedLot }),
			...(expiresOn === undefined ? {} : { expiresOn }),
			serials: serial === undefined ? [] : [serial],
			shelf,
		});
	};
	const note = async (code: string) => {
		const latest = currentDocuments('count').find(({ id }) => id === countId) ?? counting;
		const known = latest.unknownCodes.find((each) => each.code === code && each.area === area && each.bin === bin);
		const place = { ...(area === '' ? {} : { area }), ...(bin === '' ? {} : { bin }) };
		return record('note_unknown_code', { countId, code, quantity: (known?.quantity ?? 0) + 1, ...place });
	};
	const judge = async ({ code }: Scan) => {
		const product = code.kind === 'product' ? await findProductByGtins(code.gtins) : null;
		// A lot that was typed is as good as one that was scanned.
		const sofar = tally !== null && lotOfTally !== undefined ? { ...tally, lot: lotOfTally } : tally;
		const judged = judgeCountScan(code, product, sofar, typed !== null, closedBins);
		if (judged.kind === 'unknown_product' && !(await note(judged.code.slice(0, 200)))) return;
		if (judged.kind === 'bin') setBin(judged.bin);
		if (judged.kind === 'one_more') setTally(judged.tally);
		if (judged.kind === 'first') await begin(judged);
		say(countVerdictText(judged, t));
	};
	useScan((scan) => {
		inOrder(() => judge(scan));
		return true;
	});

	/** Begins with a product of the list, as its scan would, but with none of its units counted yet. */
	const choose = (sku: string, itsBin: string, itsLot?: string) =>
		inOrder(async () => {
			const product = await findProduct(sku);
			if (product === null) return say({ kind: 'wrong', title: t('unknown.title'), detail: sku });
			if (tally !== null && (typed !== null || tally.scanned > 0))
				return say(countVerdictText({ kind: 'finish_first', name: tally.product.name, units: tally.scanned }, t));
			if (closedBins.includes(itsBin)) return say(countVerdictText({ kind: 'closed_bin', bin: itsBin }, t));
			if (itsBin !== '') setBin(itsBin);
			await begin({ kind: 'first', product, units: 0, ...(itsLot === undefined ? {} : { lot: itsLot }) });
			say({ kind: 'right', title: product.name, detail: t('said.chosenDetail') });
		});

	const units = typed ?? (tally !== null && tally.scanned > 0 ? tally.scanned : null);
	const save = () =>
		inOrder(async () => {
			if (tally === null || units === null) return;
			const { product, serials } = tally;
			if (product.tracking === 'lot' && lotOfTally === undefined && units > 0)
				return say({ kind: 'attention', title: t('said.lotMissing'), detail: t('said.lotMissingDetail') });
			if (product.tracking === 'serial' && units > 0) {
				const fault = serialFault(serials, units);
				if (fault !== null)
					return say({
						kind: 'attention',
						title: t('said.serials', { count: serials.length, units }),
						detail: t('said.serialsDetail'),
					});
			}
			const shelf = await readShelf(product.id, product.tracking);
			if (shelf === null) return;
			const books = booksOf(product, shelf, bin);
			if (!isSameBooks(books, booksOf(product, tally.shelf, bin))) {
				drop();
				return say({ kind: 'attention', title: t('said.moved', product), detail: t('said.movedDetail') });
			}
			const line: PayloadOf<'count'> = {
				countId,
				sku: product.id,
				name: product.name,
				posts: 'after_review',
				scope: books.scope,
				unitPrice: product.price,
				scans: [{ expected: books.expected, counted: units }],
				...(bin === '' ? {} : { bin }),
				...(area === '' ? {} : { area }),
				...(lotOfTally === undefined ? {} : { lot: lotOfTally }),
				...(tally.expiresOn === undefined ? {} : { expiresOn: tally.expiresOn }),
				...(books.lotBooks === undefined ? {} : { lotBooks: books.lotBooks }),
				...(serials.length === 0 ? {} : { serials: [...serials] }),
			};
			if (!(await record('count', line))) return;
			drop();
			say(recordedText(counting.countKind, units, expectedOf(books, lotOfTally)));
		});

	/** In a blind count nobody hears of a difference before the count is handed in. */
	const recordedText = (kind: CountCase['countKind'], counted: number, expected: number): Verdict => {
		const title = t('said.recorded', { count: counted });
		const difference = counted - expected;
		if (kind === 'blind' || difference === 0)
			return { kind: 'right', title, detail: kind === 'blind' ? t('said.recordedBlind') : t('done.same') };
		const detail = t(difference > 0 ? 'done.found' : 'done.missing', { count: Math.abs(difference) });
		return { kind: 'attention', title, detail };
	};

	return {
		bin,
		tally,
		turn,
		units,
		typed,
		setTyped,
		lot,
		setLot,
		needsLot: tally?.product.tracking === 'lot' && tally.lot === undefined,
		knownLots: tally === null ? [] : lotsOn(tally.shelf).map((each) => each.lot),
		verdict,
		say,
		choose,
		save,
		drop,
	};
}
