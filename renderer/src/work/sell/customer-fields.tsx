import { Text, TextInput } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Method } from '../../../../shared/schema/order.ts';
import type { CustomerFault, CustomerField, TypedCustomer } from './read-customer.ts';
import classes from './sell.module.css';

const contact = ['name', 'phone', 'email'] as const;
const address = ['line1', 'postalCode', 'town', 'country'] as const;
const wide: readonly CustomerField[] = ['email', 'line1'];

/** Who the order is for, and where it goes when it is sent. A field says what is wrong with it as soon as somebody has left it. */
export function CustomerFields(props: {
	readonly method: Method;
	readonly typed: TypedCustomer;
	readonly faults: ReadonlyMap<CustomerField, CustomerFault>;
	readonly nameRef: RefObject<HTMLInputElement | null>;
	readonly onType: (change: Partial<TypedCustomer>) => void;
}) {
	const { t } = useTranslation('sell');
	const [left, setLeft] = useState<ReadonlySet<CustomerField>>(new Set());
	const { method, typed, faults } = props;
	const fields: readonly CustomerField[] = method === 'ship' ? [...contact, ...address] : contact;
	const faultOf = (field: CustomerField) => {
		const fault = left.has(field) ? faults.get(field) : undefined;
		return fault === undefined ? undefined : t(`customer.fault.${fault}`);
	};
	return (
		<section aria-label={t('customer.title')}>
			<Text fw={650} size="lg" mb="xs">
				{t(`capture.method.${method}`)}
			</Text>
			<div className={classes.fields}>
				{fields.map((field) => (
					<TextInput
						key={field}
						{...(field === 'name' ? { ref: props.nameRef } : {})}
						className={wide.includes(field) ? classes.wide : undefined}
						label={t(`customer.${field}`)}
						value={typed[field]}
						error={faultOf(field)}
						maxLength={field === 'country' ? 2 : field === 'phone' ? 40 : 200}
						autoComplete="off"
						required={field !== 'phone' && field !== 'email'}
						onBlur={() => setLeft((before) => new Set([...before, field]))}
						onChange={({ currentTarget: { value } }) => props.onType({ [field]: value })}
					/>
				))}
			</div>
		</section>
	);
}
