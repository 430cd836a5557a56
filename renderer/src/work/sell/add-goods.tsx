import { Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScanCode } from '../../../../shared/codes/index.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { findProduct, useCatalogSearch } from '../../replica/index.ts';
import { scanHub } from '../../scanning/index.ts';
import classes from './sell.module.css';

const mostShown = 6;

/** Adds a product without a scan: by a part of its name, its SKU or the number below its bars. */
export function AddGoods(props: {
	readonly onChoose: (product: Product) => void;
	readonly fieldRef: RefObject<HTMLInputElement | null>;
}) {
	const { t } = useTranslation('sell');
	const [typed, setTyped] = useState('');
	const [selected, setSelected] = useState(0);
	const listId = useId();
	const findings = useCatalogSearch(typed);
	const found = (findings?.found ?? []).slice(0, mostShown);
	const choose = async (sku: string | undefined) => {
		const text = typed.trim();
		if (sku === undefined && readScanCode(text).kind === 'product') {
			setTyped('');
			scanHub().submitTyped(text);
			return;
		}
		const product = (await findProduct(text)) ?? (sku === undefined ? null : await findProduct(sku));
		if (product === null) return;
		setTyped('');
		props.onChoose(product);
	};
	const keyDown = (event: KeyboardEvent) => {
		if (event.key === 'ArrowDown') setSelected(Math.min(found.length - 1, selected + 1));
		else if (event.key === 'ArrowUp') setSelected(Math.max(0, selected - 1));
		else if (event.key === 'Enter' && typed.trim() !== '') void choose(found[selected]?.sku);
		else if (event.key === 'Escape' && typed !== '') setTyped('');
		else return;
		event.preventDefault();
	};
	return (
		<div className={classes.add}>
			<TextInput
				ref={props.fieldRef}
				label={t('add.label')}
				placeholder={t('add.hint')}
				value={typed}
				autoComplete="off"
				spellCheck={false}
				role="combobox"
				aria-expanded={found.length > 0}
				aria-controls={listId}
				aria-activedescendant={found.length === 0 ? undefined : `${listId}-${selected}`}
				onChange={(event) => {
					setTyped(event.currentTarget.value);
					setSelected(0);
				}}
				onKeyDown={keyDown}
			/>
			{found.length === 0 ? null : (
				<div id={listId} role="listbox" aria-label={t('add.found')} className={classes.found}>
					{found.map(({ sku, name }, at) => (
						<div
							key={sku}
							id={`${listId}-${at}`}
							role="option"
							tabIndex={-1}
							aria-selected={at === selected}
							className={classes.finding}
							onMouseDown={(event) => {
								event.preventDefault();
								void choose(sku);
							}}
						>
							<Text fw={600}>{name}</Text>
							<Text c="dimmed">{sku}</Text>
						</div>
					))}
				</div>
			)}
			{findings?.isComplete === true && found.length === 0 ? <Text c="dimmed">{t('add.none')}</Text> : null}
		</div>
	);
}
