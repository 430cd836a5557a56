import { type Static, Type } from 'typebox';
import { Id, OneOf, ShortText } from './field.ts';

export const roles = ['associate', 'manager', 'order_desk', 'operations'] as const;
export type Role = (typeof roles)[number];
export const RoleName = OneOf(roles);

/** A person who works at a site. The PIN is nowhere in it. */
export const Associate = Type.Object({
	id: Id,
	kind: Type.Literal('associate'),
	siteId: Id,
	name: ShortText,
	roles: Type.Array(RoleName, { minItems: 1 }),
});
export type Associate = Readonly<Static<typeof Associate>>;
