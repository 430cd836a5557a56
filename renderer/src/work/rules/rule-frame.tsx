import { Alert, Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';
import { focusFirstWrong } from './focus-first-wrong.ts';
import classes from './rules.module.css';

interface RuleFrameProps {
	/** The rule's name as it is now; null for a new rule. */
	readonly known: string | null;
	readonly name: string;
	readonly place: string;
	/** What the order of the rules means. */
	readonly placeHint: string;
	/** Why it was not saved. */
	readonly problem: string | null;
	readonly errorOf: (field: 'name' | 'place') => string | undefined;
	readonly onChange: (changes: { readonly name?: string; readonly place?: string }) => void;
	readonly onSubmit: () => void;
	readonly onRemove: () => void;
	readonly onClose: () => void;
	readonly children: ReactNode;
}

/** The dialog of one rule: its name and its place, what it says, and the ways out. */
export function RuleFrame(props: RuleFrameProps) {
	const { t } = useTranslation('rules');
	const { known, problem, errorOf, onChange, onClose } = props;
	return (
		<Dialog onClose={onClose} title={known === null ? t('form.new') : t('form.edit', { name: known })} size="60rem">
			<form
				onSubmit={(event) => {
					event.preventDefault();
					props.onSubmit();
					focusFirstWrong(event.currentTarget);
				}}
			>
				<Stack gap="md">
					{problem === null ? null : (
						<Alert color="red.9" role="alert">
							{problem}
						</Alert>
					)}
					<SimpleGrid cols={2}>
						<TextInput
							label={t('field.name')}
							value={props.name}
							error={errorOf('name')}
							autoComplete="off"
							maxLength={200}
							required
							data-autofocus
							onChange={(event) => onChange({ name: event.currentTarget.value })}
						/>
						<TextInput
							label={t('form.place')}
							description={props.placeHint}
							value={props.place}
							error={errorOf('place')}
							autoComplete="off"
							onChange={(event) => onChange({ place: event.currentTarget.value })}
						/>
					</SimpleGrid>
					{props.children}
					<Group justify="space-between">
						{known === null ? (
							<span />
						) : (
							<Button variant="subtle" color="red.9" className={classes.removes} onClick={props.onRemove}>
								{t('form.remove')}
							</Button>
						)}
						<Group>
							<Button variant="default" onClick={onClose}>
								{t('form.cancel')}
							</Button>
							<Button type="submit">{t('form.save')}</Button>
						</Group>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
