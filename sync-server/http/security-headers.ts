import { contentSecurityPolicy } from '../../shared/protocol/content-security-policy.ts';

/** Sent with everything. */
export const securityHeaders = {
	'content-security-policy': contentSecurityPolicy,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(self), hid=(self), serial=(self), geolocation=(), microphone=()',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
} as const;
