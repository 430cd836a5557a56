import { Button, Group, Text, Title } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import classes from './screen.module.css';
import { type KeyAction, useScreenKeys } from './screen-keys.ts';

export interface ScreenAction {
	/** The key on its button, for instance F4. */
	readonly key: string;
	readonly label: string;
	readonly onAct: () => void;
	readonly disabled?: boolean | undefined;
}

export interface ScreenProps {
	readonly title: string;
	readonly subtitle?: ReactNode;
	/** What Enter does. Never something that destroys. */
	readonly primary?:
		| { readonly label: string; readonly onAct: () => void; readonly disabled?: boolean | undefined }
		| undefined;
	readonly actions?: readonly ScreenAction[] | undefined;
	/** What Esc does; without it, one step back in the history. */
	readonly onBack?: (() => void) | undefined;
	readonly children: ReactNode;
}

/** The place in the frame's bar into which the screen on top writes its title. */
export const TitleSlot = createContext<HTMLElement | null>(null);

/** One screen of work: its title, its content, one primary action on Enter and the others on function keys. */
export function Screen({ title, subtitle, primary, actions = [], onBack, children }: ScreenProps) {
	const { t } = useTranslation('ui');
	const router = useRouter();
	const titleSlot = useContext(TitleSlot);
	const content = useRef<HTMLDivElement>(null);
	const goBack = onBack ?? (() => router.history.back());
	const keys: KeyAction[] = [...actions, { key: 'Escape', onAct: goBack }];
	if (primary !== undefined) keys.push({ ...primary, key: 'Enter' });
	useScreenKeys(keys);

	useEffect(() => {
		document.title = `${title} · Backstock`;
	}, [title]);
	useEffect(() => {
		// A screen reader starts at the new screen, and Enter no longer presses what was clicked on the last one.
		const { current } = content;
		if (current !== null && !current.contains(document.activeElement)) current.focus({ preventScroll: true });
	}, []);

	const heading = (
		<>
			<Title order={1} className={classes.title}>
				{title}
			</Title>
			{subtitle === undefined ? null : (
				<Text component="div" c="dimmed" className={classes.subtitle}>
					{subtitle}
				</Text>
			)}
		</>
	);
	return (
		<div className={classes.screen}>
			{titleSlot === null ? <header className={classes.heading}>{heading}</header> : createPortal(heading, titleSlot)}
			<div ref={content} tabIndex={-1} className={classes.content} data-screen>
				{children}
			</div>
			{primary === undefined && actions.length === 0 ? null : (
				<Group component="footer" className={classes.actions} gap="sm" aria-label={t('actions')} role="toolbar">
					{primary === undefined ? null : (
						<Button onClick={primary.onAct} disabled={primary.disabled === true} rightSection={<Key name="Enter" />}>
							{primary.label}
						</Button>
					)}
					{actions.map((action) => (
						<Button
							key={action.key}
							variant="default"
							onClick={action.onAct}
							disabled={action.disabled === true}
							rightSection={<Key name={action.key} />}
						>
							{action.label}
						</Button>
					))}
					<Button variant="subtle" onClick={goBack} ml="auto" rightSection={<Key name="Esc" />}>
						{t('back')}
					</Button>
				</Group>
			)}
		</div>
	);
}

/** Puts the focus on the screen itself, where its keys are not a field's or a button's. */
export function focusScreen(): void {
	document.querySelector<HTMLElement>('[data-screen]')?.focus({ preventScroll: true });
}

/** A key's name, for the eye only: the button's name stays its label. */
export function Key({ name }: { readonly name: string }) {
	return (
		<span aria-hidden="true" className={classes.key}>
			{name}
		</span>
	);
}
