import type { Problem } from '../../shared/protocol/messages.ts';
import { releaseHeader } from '../../shared/protocol/release.ts';
import { failuresBeforeLock, type SignIn } from '../central/associates/sign-in.ts';
import type { Authentication } from '../central/devices/authenticate-device.ts';
import type { Enrollment } from '../central/devices/enroll-device.ts';
import type { TakenInPush } from '../ingest/take-in-push.ts';
import { problemOf } from './problem-reply.ts';

type FailureOf<T extends { readonly ok: boolean }> = Extract<T, { readonly ok: false }>;
type Reason<T> = T extends { readonly reason: infer R extends string } ? R : never;

const enrollAgain = 'Enroll the device again with a new code. Its saved work is kept and will be sent.';

export const credentialProblems: Record<Reason<FailureOf<Authentication>>, Problem> = {
	missing: problemOf('credential', 'This needs the credential of an enrolled device.', 'Authorization', enrollAgain),
	unknown: problemOf('credential', 'The server does not know this device.', 'Authorization', enrollAgain),
	expired: problemOf('credential', "This device's enrollment has expired.", 'Authorization', enrollAgain),
	revoked: problemOf('credential', "This device's enrollment was withdrawn.", 'Authorization', enrollAgain),
};

const askForCode = 'Ask whoever runs your site for a new code.';

export const enrollProblems: Record<Reason<FailureOf<Enrollment>> | 'too_many', Problem> = {
	wrong_code: problemOf('wrong_code', 'There is no such enrollment code.', '/code', 'Compare it with the one you got.'),
	code_used: problemOf('code_used', 'Another device has used this enrollment code already.', '/code', askForCode),
	code_expired: problemOf('code_expired', 'This enrollment code has expired.', '/code', askForCode),
	other_site: problemOf('other_site', 'This device belongs to another site than the code.', '/deviceId', askForCode),
	too_many: problemOf(
		'too_many_attempts',
		'Too many wrong enrollment codes came from here.',
		undefined,
		'Wait five minutes, then try again.',
	),
};

export const bringOrderProblems: Record<'unknown_order' | 'too_many', Problem> = {
	unknown_order: problemOf(
		'unknown_order',
		'There is no order with this number.',
		'/number',
		'Compare it with the receipt: only the whole number finds an order.',
	),
	too_many: problemOf(
		'too_many_attempts',
		'This device has asked for too many orders of other sites.',
		undefined,
		'Wait a minute, then try again.',
	),
};

export const outdatedApp: Problem = problemOf(
	'outdated',
	'This app is too old to be shown anything new. What is saved in it is still taken in.',
	releaseHeader,
	'Update the app, or reload its page while it is connected.',
);

export const tooManyKeys: Problem = problemOf(
	'too_many_attempts',
	'This device has registered too many keys.',
	undefined,
	'Wait a minute, then try again.',
);

export const tooManyQuestions: Problem = problemOf(
	'too_many_attempts',
	'This device has asked too many questions.',
	undefined,
	'Wait a minute, then try again.',
);

export function signInProblem(failure: FailureOf<SignIn>): Problem {
	switch (failure.reason) {
		case 'unknown_associate':
			return problemOf('not_found', 'Nobody with this name works at the site of this device.', '/associateId');
		case 'wrong_pin':
			return { ...problemOf('wrong_pin', 'That is not the PIN.', '/pin'), attemptsLeft: failure.attemptsLeft };
		case 'locked':
			return {
				...problemOf(
					'locked',
					`Sign-in is locked after ${failuresBeforeLock} wrong PINs or more.`,
					'/associateId',
					`Try again after ${failure.lockedUntil}.`,
				),
				attemptsLeft: 0,
				lockedUntil: failure.lockedUntil,
			};
	}
}

export function takeInProblem(taken: Exclude<TakenInPush, { kind: 'outcomes' }>): Problem {
	switch (taken.kind) {
		case 'gap':
			return {
				...problemOf(
					'gap',
					`An operation is missing: the server needs number ${taken.expectedSeq} next.`,
					'/operations',
				),
				expectedSeq: taken.expectedSeq,
			};
		case 'lane_frozen':
			return problemOf(
				'lane_frozen',
				`Work of this device contradicts what it sent before (${taken.reason}). Nothing is lost; nothing more is applied.`,
				'/operations',
				'Enroll this device again with a new code: what it has not sent is kept and taken in. Was its disk copied to another one?',
			);
		case 'other_lane':
			return problemOf('other_lane', `Operation ${taken.opId} is not one of this device.`, '/operations');
	}
}
