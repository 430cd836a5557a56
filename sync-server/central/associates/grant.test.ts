import { expect, test } from 'vitest';
import { type Grant, signGrant, verifyGrant } from './grant.ts';

const grant: Grant = {
	associateId: 'P-1',
	name: 'Ada',
	roles: ['manager'],
	siteId: 'S-1',
	deviceId: 'D-1',
	expiresAt: '2026-11-29T17:30:00Z',
};
const expected = { associateId: 'P-1', deviceId: 'D-1', siteId: 'S-1', at: '2026-11-22T17:30:00Z' };

test('a grant is good until it expires, for its own associate, device and site', () => {
	const token = signGrant(grant, 'secret');
	expect(verifyGrant(token, expected, 'secret')).toEqual({ ok: true, grant });
	expect(verifyGrant(token, { ...expected, at: grant.expiresAt }, 'secret')).toEqual({ ok: false, reason: 'expired' });
	for (const other of [{ associateId: 'P-2' }, { deviceId: 'D-2' }, { siteId: 'S-2' }]) {
		expect(verifyGrant(token, { ...expected, ...other }, 'secret')).toEqual({ ok: false, reason: 'foreign' });
	}
});

test('a grant that was changed, or signed with another secret, proves nothing', () => {
	const token = signGrant(grant, 'secret');
	const [, signed] = token.split('.');
	const better = Buffer.from(JSON.stringify({ ...grant, roles: ['operations'] })).toString('base64url');
	for (const forged of [`${better}.${signed}`, token.slice(0, -1), signGrant(grant, 'other'), 'x', 'a.b.c', '.', '']) {
		expect(verifyGrant(forged, expected, 'secret')).toEqual({ ok: false, reason: 'not_signed_by_central' });
	}
	expect(verifyGrant(null, expected, 'secret')).toEqual({ ok: false, reason: 'missing' });
});
