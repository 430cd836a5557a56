import type { Role } from '../schema/associate.ts';
import { type OperationType, operationKinds } from '../schema/operation.ts';

/** Whether somebody with these roles may record this. */
export function mayRecord(type: OperationType, roles: readonly Role[]): boolean {
	const allowed: readonly Role[] = operationKinds[type].roles;
	return roles.some((role) => allowed.includes(role));
}
