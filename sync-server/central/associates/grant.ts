import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { RoleName } from '../../../shared/schema/associate.ts';
import { Id, Instant, ShortText } from '../../../shared/schema/field.ts';

/** What central vouches for: this associate signed in on this device, with these roles. */
export const Grant = Type.Object({
	associateId: Id,
	name: ShortText,
	roles: Type.Array(RoleName),
	siteId: Id,
	deviceId: Id,
	expiresAt: Instant,
});
export type Grant = Readonly<Static<typeof Grant>>;
const grantCheck = Compile(Grant);

export const grantLifetime = Temporal.Duration.from({ hours: 7 * 24 });

/** Signs a grant with HMAC-SHA-256: the content and the signature in base64url, a dot between them. */
export function signGrant(grant: Grant, secret: string): string {
	const content = Buffer.from(JSON.stringify(grant)).toString('base64url');
	return `${content}.${signature(content, secret)}`;
}

/** The grant in a token that central has signed; null for any other text. Whether it has expired is the caller's question. */
export function readGrant(token: string, secret: string): Grant | null {
	const [content, signed, ...rest] = token.split('.');
	if (content === undefined || signed === undefined || rest.length > 0) return null;
	const expected = Buffer.from(signature(content, secret));
	const given = Buffer.from(signed);
	if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
	const grant: unknown = JSON.parse(Buffer.from(content, 'base64url').toString('utf8'));
	return grantCheck.Check(grant) ? grant : null;
}

export type GrantVerdict =
	| { readonly ok: true; readonly grant: Grant }
	/** foreign: signed by central, for another device, site or person. */
	| { readonly ok: false; readonly reason: 'missing' | 'not_signed_by_central' | 'foreign' | 'expired' };

/** Whether a token proves that this associate was signed in on this device at that instant. */
export function verifyGrant(
	token: string | null,
	expected: {
		/** Whoever it is, when it is not said. */
		readonly associateId?: string;
		readonly deviceId: string;
		/** Identities of the device before this one. */
		readonly formerly?: readonly string[];
		readonly siteId: string;
		readonly at: string;
	},
	secret: string,
): GrantVerdict {
	if (token === null) return { ok: false, reason: 'missing' };
	const grant = readGrant(token, secret);
	if (grant === null) return { ok: false, reason: 'not_signed_by_central' };
	const { associateId, deviceId, siteId } = grant;
	const isThisDevice = deviceId === expected.deviceId || expected.formerly?.includes(deviceId) === true;
	const isThisPerson = expected.associateId === undefined || associateId === expected.associateId;
	if (!isThisPerson || !isThisDevice || siteId !== expected.siteId) {
		return { ok: false, reason: 'foreign' };
	}
	const expired =
		Temporal.Instant.compare(Temporal.Instant.from(grant.expiresAt), Temporal.Instant.from(expected.at)) <= 0;
	return expired ? { ok: false, reason: 'expired' } : { ok: true, grant };
}

function signature(content: string, secret: string): string {
	return createHmac('sha256', secret).update(content).digest('base64url');
}
