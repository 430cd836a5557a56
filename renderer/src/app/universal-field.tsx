import { Text, TextInput } from '@mantine/core';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScanCode } from '../../../shared/codes/index.ts';
import { currentDocuments, currentSiteId, currentSupplies } from '../replica/index.ts';
import { CameraButton, playVerdict, scanHub } from '../scanning/index.ts';
import { isDialogOpen } from '../ui/index.ts';
import classes from './app-frame.module.css';
import { exactNumber, type Finding, findAnything } from './find-anything.ts';
import { showNotice } from './notices.ts';
import { railPlaces } from './rail.tsx';
import { supplyDestination } from './supply-destination.ts';

/** Screens that have no place on the rail, and are gone to by their names. */
const furtherPlaces = [
	{ name: 'lookup', to: '/lookup' },
	{ name: 'sell', to: '/sell' },
	{ name: 'reserve', to: '/reserve' },
	{ name: 'kept', to: '/reservations' },
	{ name: 'capture', to: '/capture' },
] as const;

/** Scan or type anything: order numbers, customers, products, screens. Ctrl K or / goes to it. */
export function UniversalField() {
	const { t } = useTranslation('app');
	const navigate = useNavigate();
	const [typed, setTyped] = useState('');
	const [selected, setSelected] = useState<number | null>(null);
	const [isOpen, setIsOpen] = useState(false);
	const field = useRef<HTMLInputElement>(null);
	const listId = useId();
	const commands = useMemo(
		() => [
			...railPlaces.map(({ name, to }) => ({ label: t(`rail.${name}`), to })),
			...furtherPlaces.map(({ name, to }) => ({ label: t(`command.${name}`), to })),
		],
		[t],
	);
	const path = useRouterState({ select: (state) => state.location.pathname });
	// What was typed belongs to the screen on which it was typed.
	useEffect(() => setTyped(''), [path]);
	const findings = useMemo(
		() => findAnything(typed, commands, currentDocuments('order'), currentDocuments('fulfillment_order')),
		[typed, commands],
	);

	useEffect(() => {
		const pressed = (event: KeyboardEvent | globalThis.KeyboardEvent) => {
			const isText = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
			const isWish = (event.ctrlKey && event.key === 'k') || (event.key === '/' && !isText);
			if (!isWish || isDialogOpen()) return;
			event.preventDefault();
			field.current?.focus();
			field.current?.select();
		};
		window.addEventListener('keydown', pressed);
		return () => window.removeEventListener('keydown', pressed);
	}, []);

	const leave = () => {
		setTyped('');
		setSelected(null);
		setIsOpen(false);
		field.current?.blur();
	};
	const open = (to: string, find?: string) => {
		leave();
		void navigate({ to, ...(find === undefined ? {} : { state: { find } }) });
	};
	const submit = () => {
		const text = typed.trim();
		const chosen = selected === null ? undefined : findings[selected];
		if (chosen !== undefined) return open(chosen.to, chosen.find);
		if (text === '') return;
		const number = exactNumber(text, currentDocuments('order'), currentDocuments('fulfillment_order'));
		if (number !== null) return open(number);
		const delivery = supplyDestination(text, currentSupplies(), currentSiteId());
		if (delivery !== null) return open(delivery);
		const [first] = findings;
		if (readScanCode(text).kind === 'unknown') {
			if (first !== undefined) return open(first.to, first.find);
			playVerdict('wrong');
			showNotice({ kind: 'wrong', title: t('universal.nothingFound', { text }), detail: t('universal.whatToType') });
			return;
		}
		leave();
		scanHub().submitTyped(text);
	};
	const keyDown = (event: KeyboardEvent) => {
		if (event.key === 'ArrowDown') setSelected(selected === null ? 0 : Math.min(findings.length - 1, selected + 1));
		else if (event.key === 'ArrowUp') setSelected(selected === null || selected === 0 ? null : selected - 1);
		else if (event.key === 'Enter') submit();
		else if (event.key === 'Escape') leave();
		else return;
		event.preventDefault();
	};
	return (
		<search className={classes.field}>
			<TextInput
				ref={field}
				aria-label={t('universal.label')}
				placeholder={t('universal.placeholder')}
				leftSection={
					<span aria-hidden="true" style={{ fontSize: '1.5rem' }}>
						⌕
					</span>
				}
				rightSection={<CameraButton found={(text, symbology) => scanHub().submitCamera(text, symbology)} />}
				value={typed}
				onChange={(event) => {
					setTyped(event.currentTarget.value);
					setSelected(null);
					setIsOpen(true);
				}}
				onKeyDown={keyDown}
				onBlur={() => setIsOpen(false)}
				autoComplete="off"
				spellCheck={false}
				role="combobox"
				aria-expanded={isOpen && findings.length > 0}
				aria-controls={listId}
				aria-activedescendant={selected === null ? undefined : `${listId}-${selected}`}
			/>
			{!isOpen || findings.length === 0 ? null : (
				<div id={listId} role="listbox" aria-label={t('universal.findings')} className={classes.findings}>
					{findings.map((finding, index) => (
						<FindingRow
							key={finding.key}
							id={`${listId}-${index}`}
							finding={finding}
							isSelected={index === selected}
							onOpen={() => open(finding.to, finding.find)}
						/>
					))}
				</div>
			)}
		</search>
	);
}

function FindingRow(props: {
	readonly id: string;
	readonly finding: Finding;
	readonly isSelected: boolean;
	readonly onOpen: () => void;
}) {
	const { t } = useTranslation('app');
	const { kind, label, detail } = props.finding;
	return (
		<div
			id={props.id}
			role="option"
			tabIndex={-1}
			aria-selected={props.isSelected}
			className={classes.finding}
			// Before the field loses the focus and the list with it.
			onMouseDown={(event) => {
				event.preventDefault();
				props.onOpen();
			}}
		>
			<Text size="sm" c="dimmed" w={90}>
				{t(`universal.kind.${kind}`)}
			</Text>
			<Text fw={600}>{label}</Text>
			<Text c="dimmed">{detail}</Text>
		</div>
	);
}
