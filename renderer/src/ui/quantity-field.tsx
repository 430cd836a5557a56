import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readQuantity } from './read-quantity.ts';

export interface QuantityFieldProps {
	readonly label: string;
	readonly description?: string | undefined;
	/** null while it is blank or not a number in bounds; `text` tells which. It starts blank. */
	readonly onChange: (quantity: number | null, text: string) => void;
	/** Enter with a right number. Without it, Enter belongs to the screen. */
	readonly onEnter?: ((quantity: number) => void) | undefined;
	/** At least 1 unless told. */
	readonly minimum?: number | undefined;
	readonly maximum?: number | undefined;
	/** Follows the number, for instance g. */
	readonly unit?: string | undefined;
	readonly autoFocus?: boolean | undefined;
	readonly disabled?: boolean | undefined;
	readonly inputRef?: Ref<HTMLInputElement> | undefined;
}

/**
 * A whole number, typed. A text field on purpose: no wheel, arrow or stepper can change what was typed. Change its `key` to blank it.
 */
export function QuantityField(props: QuantityFieldProps) {
	const { label, description, onChange, onEnter, minimum = 1, maximum = 100_000, unit } = props;
	const { t } = useTranslation('ui');
	const [text, setText] = useState('');
	const reading = readQuantity(text, minimum, maximum);
	const error = reading.kind === 'failed' ? t(`quantity.${reading.reason}`, { minimum, maximum }) : undefined;
	const keyDown = (event: KeyboardEvent) => {
		if (event.key !== 'Enter' || onEnter === undefined) return;
		event.preventDefault();
		if (reading.kind === 'ok') onEnter(reading.quantity);
	};
	return (
		<TextInput
			{...(props.inputRef === undefined ? {} : { ref: props.inputRef })}
			label={label}
			description={description}
			inputMode="numeric"
			autoComplete="off"
			value={text}
			error={error}
			disabled={props.disabled === true}
			{...(props.autoFocus === true ? { 'data-autofocus': true, autoFocus: true } : {})}
			rightSection={unit === undefined ? undefined : <span aria-hidden="true">{unit}</span>}
			onKeyDown={keyDown}
			onChange={(event) => {
				const next = event.currentTarget.value;
				setText(next);
				const read = readQuantity(next, minimum, maximum);
				onChange(read.kind === 'ok' ? read.quantity : null, next);
			}}
		/>
	);
}
