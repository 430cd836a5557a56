import { Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compareLots } from '../../../../shared/domain/unit-identity.ts';
import type { CountedLot } from '../../../../shared/schema/count-operation.ts';
import { identityText } from '../../fulfillment/scanned-identity.ts';
import { lotsOn } from '../../replica/index.ts';
import { QuantityField, Screen, useTimeText, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { type Counted, useCountedProduct, WhatToCount } from './counted-product.tsx';
import { LotField } from './lot-field.tsx';
import { useQuickCount } from './use-quick-count.ts';

/** One lot that is asked for: the books know it, or somebody has found it. */
type LotRow = Omit<CountedLot, 'counted'>;

/** A number for each lot: those that the books know stand there without theirs, others are scanned or typed. */
export function LotCount({ counted: { product, shelf } }: { readonly counted: Counted }) {
	const { t } = useTranslation(['count', 'fulfillment']);
	const { day } = useTimeText();
	const { verdict, say } = useVerdict();
	const [rows, setRows] = useState<readonly LotRow[]>(() => knownLots(shelf));
	const [quantities, setQuantities] = useState<Readonly<Record<string, number | null>>>({});
	const [other, setOther] = useState('');
	/** Where no lot is known or found: that there is none must be said too. */
	const [ofNone, setOfNone] = useState<number | null>(null);
	const [turn, setTurn] = useState(0);
	const fields = useRef(new Map<string, HTMLInputElement>());
	const latestRows = useRef(rows);
	/** The lot that was scanned or typed last: its number is typed next, as soon as its field is there. */
	const [wanted, setWanted] = useState<{ readonly lot: string } | null>(null);
	useEffect(() => {
		if (wanted !== null) typeInto(fields.current.get(wanted.lot));
	}, [wanted]);
	const first = rows[0]?.lot;
	useEffect(() => {
		// Counted again from the first one, whose label may have scrolled away.
		if (turn > 0 && first !== undefined) typeInto(fields.current.get(first));
	}, [turn, first]);
	const record = useQuickCount(product, {
		say,
		blank: () => {
			setQuantities({});
			setOfNone(null);
			setTurn((before) => before + 1);
		},
	});
	const ask = (row: LotRow) => {
		const known = latestRows.current.find(({ lot }) => lot === row.lot);
		if (known === undefined) latestRows.current = [...latestRows.current, row];
		else if (known.expiresOn === undefined)
			latestRows.current = latestRows.current.map((each) => (each === known ? row : each));
		setRows(latestRows.current);
		setWanted({ lot: row.lot });
	};
	useCountedProduct(product, say, ({ lot, expiry }) => {
		if (lot === undefined) return { kind: 'right', title: t('right'), detail: t('lots.eachDetail') };
		ask({ lot, ...(expiry === undefined ? {} : { expiresOn: expiry }) });
		return { kind: 'right', title: t('lots.scanned', { lot }), detail: t('rightDetail') };
	});
	const save = () => {
		const another = other.trim();
		if (another !== '') {
			setOther('');
			return ask({ lot: another });
		}
		if (rows.length === 0) {
			if (ofNone === 0) return void record({ units: 0, lots: [] });
			return say({ kind: 'attention', title: t('said.lotMissing'), detail: t('said.lotMissingDetail') });
		}
		const lots = rows.flatMap((row) => {
			const quantity = quantities[row.lot] ?? null;
			return quantity === null ? [] : [{ ...row, counted: quantity }];
		});
		const missing = rows.find(({ lot }) => (quantities[lot] ?? null) === null);
		if (missing !== undefined) {
			say({ kind: 'attention', title: t('lots.missing', { lot: missing.lot }), detail: t('lots.missingDetail') });
			return typeInto(fields.current.get(missing.lot));
		}
		void record({ units: lots.reduce((sum, each) => sum + each.counted, 0), lots });
	};
	return (
		<Screen
			title={t('title')}
			subtitle={product.name}
			primary={{
				label: t(other.trim() === '' ? 'record' : 'lots.add'),
				disabled: rows.length === 0 && ofNone === null && other.trim() === '',
				onAct: save,
			}}
		>
			<Stack gap="lg" h="100%" maw={760}>
				<VerdictPanel verdict={verdict} />
				<Stack gap="lg" p={4} style={{ flex: 1, minHeight: 0, overflowY: 'auto' }}>
					<WhatToCount product={product} shelf={shelf} />
					<Text c="dimmed">{t('hint')}</Text>
					{rows.length > 0 ? null : (
						<QuantityField
							key={turn}
							label={t('quantity')}
							description={t('lots.none')}
							minimum={0}
							onChange={setOfNone}
							onEnter={save}
							autoFocus
						/>
					)}
					{rows.map((row, index) => (
						<QuantityField
							key={`${turn} ${row.lot}`}
							label={t('lots.quantity', { lot: identityText(row, t, day) })}
							minimum={0}
							onChange={(quantity) => setQuantities((before) => ({ ...before, [row.lot]: quantity }))}
							onEnter={() => {
								const next = rows.slice(index + 1).find(({ lot }) => (quantities[lot] ?? null) === null);
								if (next === undefined) save();
								else typeInto(fields.current.get(next.lot));
							}}
							inputRef={(field) => {
								if (field === null) fields.current.delete(row.lot);
								else fields.current.set(row.lot, field);
							}}
							autoFocus={index === 0}
						/>
					))}
					<LotField
						label={t(rows.length === 0 ? 'case.lot' : 'lots.other')}
						description={t('lots.otherHint')}
						value={other}
						knownLots={[]}
						onChange={setOther}
					/>
				</Stack>
			</Stack>
		</Screen>
	);
}

/** The field is next, and what it asks for is in view. */
function typeInto(field: HTMLInputElement | undefined): void {
	field?.focus();
	field?.labels?.[0]?.scrollIntoView({ block: 'nearest' });
}

/** Those that expire first stand first, as they should lie. */
function knownLots(shelf: Counted['shelf']): readonly LotRow[] {
	return lotsOn(shelf)
		.map((each) => ({ ...each, expiresOn: each.expiresOn ?? null }))
		.sort((a, b) => compareLots(a, b))
		.map(({ lot, expiresOn }) => ({ lot, ...(expiresOn === null ? {} : { expiresOn }) }));
}
