import { Autocomplete } from '@mantine/core';

interface LotFieldProps {
	readonly label: string;
	readonly description?: string | undefined;
	readonly value: string;
	readonly knownLots: readonly string[];
	readonly onChange: (lot: string) => void;
	readonly autoFocus?: boolean;
}

/** As long as GS1 allows a lot's code to be. */
const longestLot = 20;

/** A lot by hand: one that the books know, or any other. How many there are of it stands nowhere. */
export function LotField({ label, description, value, knownLots, onChange, autoFocus = false }: LotFieldProps) {
	return (
		<Autocomplete
			label={label}
			description={description}
			value={value}
			data={[...new Set(knownLots)]}
			size="md"
			maxLength={longestLot}
			onChange={onChange}
			autoComplete="off"
			{...(autoFocus ? { 'data-autofocus': true, autoFocus: true } : {})}
		/>
	);
}
