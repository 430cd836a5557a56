import type { SignInAnswer } from '../protocol/messages.ts';
import type { SignedIn, SignInResult } from './device-client.ts';
import type { DeviceIdentity, IdentityKeeper, KnownAssociate } from './device-identity.ts';
import type { Central, DeviceClock, PinCheck } from './ports.ts';

export const attemptsBeforeLock = 5;
const firstLockMs = 60_000;
const longestLockMs = 24 * 60 * 60_000;
const unknown: KnownAssociate = { proof: null, wrongPins: 0, lockedUntilMs: null };

export interface SignInParts {
	readonly identity: IdentityKeeper;
	readonly central: Central;
	readonly pins: PinCheck;
	readonly clock: DeviceClock;
}

/**
 * Signs an associate in. Central decides when it can be asked; else the verifier that this device made when central
 * last said yes. Five wrong PINs lock the associate on this device for a minute, each further one for twice as long.
 */
export async function signIn(parts: SignInParts, associateId: string, pin: string): Promise<SignInResult> {
	const { identity, central, pins, clock } = parts;
	if (identity.current.enrollment === null) return failure('not_enrolled');
	const lockedUntilMs = lockOf(knownOf(identity.current, associateId), clock.wallMs());
	if (lockedUntilMs !== null) return failure('locked', 0, lockedUntilMs);

	const answer = await central.signIn({ associateId, pin });
	if (answer.ok) {
		await keepProof(parts, answer.value, await pins.makeVerifier(pin));
		return { ok: true, signedIn: signedInOf(identity.current) ?? neverHere() };
	}
	const { failure: why } = answer;
	if (why.kind !== 'refused') return await signInAlone(parts, associateId, pin);
	if (why.error === 'wrong_pin') {
		const here = await countWrongPin(parts, associateId);
		const attemptsLeft = why.attemptsLeft ?? here.attemptsLeft;
		return failure(here.lockedUntilMs === null ? 'wrong_pin' : 'locked', attemptsLeft, here.lockedUntilMs);
	}
	if (why.error !== 'locked') return failure('unavailable');
	return failure('locked', 0, await keepLock(parts, associateId, why.lockedUntil));
}

export async function signOut({ identity }: Pick<SignInParts, 'identity'>): Promise<void> {
	await identity.change((current) => ({ ...current, signedIn: null }));
}

/** Who is signed in, by what this device knows. */
export function signedInOf(identity: DeviceIdentity): SignedIn | null {
	if (identity.signedIn === null) return null;
	const proof = identity.known[identity.signedIn.associateId]?.proof;
	if (!proof) return null;
	return {
		associateId: identity.signedIn.associateId,
		name: proof.name,
		roles: proof.roles,
		checkedByCentral: identity.signedIn.checkedByCentral,
		grantExpiresAt: proof.grantExpiresAt,
	};
}

async function signInAlone(parts: SignInParts, associateId: string, pin: string): Promise<SignInResult> {
	const { identity, pins } = parts;
	const proof = knownOf(identity.current, associateId).proof;
	if (proof === null) return failure('never_signed_in_here');
	if (!(await pins.matches(pin, proof.verifier))) {
		const { attemptsLeft, lockedUntilMs } = await countWrongPin(parts, associateId);
		return failure(lockedUntilMs === null ? 'wrong_pin' : 'locked', attemptsLeft, lockedUntilMs);
	}
	// An expired grant stops requests at central, never facts: work goes on, marked as unverified.
	await identity.change((current) => ({
		...withKnown(current, associateId, { ...knownOf(current, associateId), wrongPins: 0, lockedUntilMs: null }),
		signedIn: { associateId, checkedByCentral: false },
	}));
	return { ok: true, signedIn: signedInOf(identity.current) ?? neverHere() };
}

async function keepProof({ identity }: SignInParts, answer: SignInAnswer, verifier: string): Promise<void> {
	const { id, name, roles } = answer.associate;
	const proof = { verifier, name, roles, grant: answer.grant, grantExpiresAt: answer.grantExpiresAt };
	await identity.change((current) => ({
		...withKnown(current, id, { proof, wrongPins: 0, lockedUntilMs: null }),
		signedIn: { associateId: id, checkedByCentral: true },
	}));
}

async function countWrongPin({ identity, clock }: SignInParts, associateId: string) {
	const known = knownOf(identity.current, associateId);
	const wrongPins = known.wrongPins + 1;
	const lockMs =
		wrongPins < attemptsBeforeLock
			? 0
			: Math.min(longestLockMs, firstLockMs * 2 ** Math.min(wrongPins - attemptsBeforeLock, 20));
	const lockedUntilMs = lockMs === 0 ? null : clock.wallMs() + lockMs;
	await identity.change((current) => withKnown(current, associateId, { ...known, wrongPins, lockedUntilMs }));
	return { attemptsLeft: Math.max(0, attemptsBeforeLock - wrongPins), lockedUntilMs };
}

/** Central's lock holds here too, so that pulling the network opens nothing. Its instant is one of the server's clock. */
async function keepLock({ identity, clock }: SignInParts, associateId: string, lockedUntil: string | undefined) {
	const known = knownOf(identity.current, associateId);
	const lockedUntilMs =
		lockedUntil === undefined
			? clock.wallMs() + firstLockMs
			: Temporal.Instant.from(lockedUntil).epochMilliseconds - (identity.current.serverOffsetMs ?? 0);
	const wrongPins = Math.max(known.wrongPins, attemptsBeforeLock);
	await identity.change((current) => withKnown(current, associateId, { ...known, wrongPins, lockedUntilMs }));
	return lockedUntilMs;
}

function lockOf(known: KnownAssociate, nowMs: number): number | null {
	if (known.lockedUntilMs === null || known.lockedUntilMs <= nowMs) return null;
	// A clock that was set back must not lock anybody out for years.
	return Math.min(known.lockedUntilMs, nowMs + longestLockMs);
}

function knownOf(identity: DeviceIdentity, associateId: string): KnownAssociate {
	return identity.known[associateId] ?? unknown;
}

function withKnown(identity: DeviceIdentity, associateId: string, known: KnownAssociate): DeviceIdentity {
	return { ...identity, known: { ...identity.known, [associateId]: known } };
}

function failure(
	reason: Extract<SignInResult, { ok: false }>['reason'],
	attemptsLeft: number | null = null,
	lockedUntilMs: number | null = null,
): SignInResult {
	return { ok: false, reason, attemptsLeft, lockedUntilMs };
}

function neverHere(): never {
	throw new Error('a sign-in was kept without its proof');
}
