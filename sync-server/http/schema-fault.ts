import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** Why a value does not fit its schema: where as a path such as /lines/0/sku (empty for the whole), and what in words. */
export interface SchemaFault {
	readonly where: string;
	readonly words: string;
}

/** @returns finds the first fault of a value, or nothing when it fits */
export function schemaFaultFinder(schema: TSchema): (value: unknown) => SchemaFault | undefined {
	const validator = Compile(schema);
	return (value) => {
		if (validator.Check(value)) return undefined;
		const errors = validator.Errors(value);
		// A union reports each of its members first, and a field too many is reported twice.
		const first = errors.find(({ keyword }) => keyword !== 'const' && keyword !== 'boolean') ?? errors[0];
		if (first === undefined) return { where: '', words: 'does not fit' };
		if (first.keyword === 'additionalProperties') {
			const [name = ''] = first.params.additionalProperties;
			return { where: `${first.instancePath}/${name}`, words: 'is not a known field' };
		}
		if (first.keyword === 'required') {
			const [name = ''] = first.params.requiredProperties;
			return { where: `${first.instancePath}/${name}`, words: 'is missing' };
		}
		const choices = errors.flatMap((error) =>
			error.keyword === 'const' && error.instancePath === first.instancePath ? [String(error.params.allowedValue)] : [],
		);
		const words =
			first.keyword === 'anyOf' && choices.length > 0 ? `must be one of: ${choices.join(', ')}` : first.message;
		return { where: first.instancePath, words };
	};
}
