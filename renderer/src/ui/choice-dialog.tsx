import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { afterTyping } from '../scanning/index.ts';
import { Dialog } from './dialog.tsx';
import { Key } from './screen.tsx';

export interface Choice<T> {
	/** The key that chooses it: 1 to 9. */
	readonly key: string;
	readonly label: string;
	readonly value: T;
	readonly detail?: string | undefined;
}

export interface ChoiceDialogProps<T> {
	readonly title: string;
	readonly choices: readonly Choice<T>[];
	readonly onChoose: (value: T) => void;
	/** Esc, or the way out: nothing was chosen. */
	readonly onClose: () => void;
	readonly children?: ReactNode;
}

/** A question with a few answers, each on its own digit. Shown while it is rendered. */
export function ChoiceDialog<T>({ title, choices, onChoose, onClose, children }: ChoiceDialogProps<T>) {
	const dialog = useRef<HTMLDivElement>(null);
	const latest = useRef({ choices, onChoose });
	latest.current = { choices, onChoose };
	useEffect(() => {
		let cancel = () => {};
		const pressed = (event: KeyboardEvent) => {
			if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
			const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
			// A field behind the question may still have the focus: the key is the answer all the same.
			const isText = isField && dialog.current?.contains(event.target) === true;
			const choice = isText ? undefined : latest.current.choices.find((each) => each.key === event.key);
			if (choice === undefined) return;
			event.preventDefault();
			cancel();
			cancel = afterTyping(() => latest.current.onChoose(choice.value));
		};
		window.addEventListener('keydown', pressed);
		return () => {
			cancel();
			window.removeEventListener('keydown', pressed);
		};
	}, []);
	return (
		<Dialog onClose={onClose} title={title}>
			<Stack gap="sm" ref={dialog}>
				{children}
				{choices.map((choice) => (
					<Button
						key={choice.key}
						size="lg"
						variant="default"
						justify="space-between"
						onClick={() => onChoose(choice.value)}
						rightSection={<Key name={choice.key} />}
					>
						{choice.label}
						{choice.detail === undefined ? null : (
							<Text span c="dimmed" ml="sm">
								{choice.detail}
							</Text>
						)}
					</Button>
				))}
			</Stack>
		</Dialog>
	);
}
