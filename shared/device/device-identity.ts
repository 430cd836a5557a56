import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Associate, RoleName } from '../schema/associate.ts';
import { Count, Id, ShortText } from '../schema/field.ts';
import type { SecretStore } from './ports.ts';

const Enrollment = Type.Object({
	deviceId: Id,
	deviceName: ShortText,
	laneId: Id,
	siteId: Id,
	siteName: ShortText,
	credential: Type.String(),
	credentialExpiresAt: Type.String(),
	/** What the lane held when this device first got it. */
	laneStart: Type.Object({ seq: Type.Integer({ minimum: 0 }), hash: Type.String() }),
});

/** What the device keeps of one associate who signed in, or tried to. */
const KnownAssociate = Type.Object({
	/** The PIN's verifier, and what central granted; null until central has checked the PIN once. */
	proof: Type.Union([
		Type.Null(),
		Type.Object({
			verifier: Type.String(),
			name: ShortText,
			roles: Type.Array(RoleName),
			grant: Type.String(),
			grantExpiresAt: Type.String(),
		}),
	]),
	wrongPins: Count,
	/** Wall clock of the device in milliseconds. */
	lockedUntilMs: Type.Union([Type.Number(), Type.Null()]),
});

export const DeviceIdentity = Type.Object({
	version: Type.Literal(1),
	/** Chosen by the device before it enrolls, so that an enrollment whose answer was lost can be repeated. */
	deviceId: Type.Union([Id, Type.Null()]),
	enrollment: Type.Union([Enrollment, Type.Null()]),
	associates: Type.Array(Associate),
	known: Type.Record(Type.String(), KnownAssociate),
	signedIn: Type.Union([Type.Null(), Type.Object({ associateId: Id, checkedByCentral: Type.Boolean() })]),
	serverOffsetMs: Type.Union([Type.Number(), Type.Null()]),
	/** Lanes of an earlier identity of this device whose unanswered operations may not stand in its own lane yet. */
	carryFrom: Type.Optional(Type.Array(Id)),
	/** The epoch of central in which nothing that lanes before had an answer to is missing, or it stands in this lane's journal. */
	lanesBeforeHeldIn: Type.Optional(Type.String()),
	/** The last generation of the replica that was complete, and how far its site's stream reached then: it should be there. */
	replicaSeen: Type.Optional(
		Type.Object({ siteId: Id, generation: Type.Integer({ minimum: 1 }), position: Type.Integer({ minimum: 0 }) }),
	),
	/** The device's key that central knows, and the epoch in which it was told, if known; absent from releases that did not sign. */
	registeredKey: Type.Optional(Type.Object({ keyId: Id, epoch: Type.String() })),
});
export type DeviceIdentity = Readonly<Static<typeof DeviceIdentity>>;
export type Enrollment = Readonly<Static<typeof Enrollment>>;
export type KnownAssociate = Readonly<Static<typeof KnownAssociate>>;

export const noIdentity: DeviceIdentity = {
	version: 1,
	deviceId: null,
	enrollment: null,
	associates: [],
	known: {},
	signedIn: null,
	serverOffsetMs: null,
};

/** The device's identity in memory and in its store; changes are written one after the other. */
export class IdentityKeeper {
	readonly #store: SecretStore;
	#current: DeviceIdentity;
	#writing: Promise<void> = Promise.resolve();

	private constructor(store: SecretStore, current: DeviceIdentity) {
		this.#store = store;
		this.#current = current;
	}

	/** Content that can't be read counts as none: the device is enrolled again, its journal stays. */
	static async open(store: SecretStore): Promise<IdentityKeeper> {
		return new IdentityKeeper(store, parseIdentity(await store.read()));
	}

	get current(): DeviceIdentity {
		return this.#current;
	}

	/** Returns when the change is on the disk; it counts at once. */
	change(change: (identity: DeviceIdentity) => DeviceIdentity): Promise<void> {
		this.#current = change(this.#current);
		const text = JSON.stringify(this.#current);
		const written = this.#writing.then(() => this.#store.write(text));
		this.#writing = written.catch(() => undefined);
		return written;
	}
}

function parseIdentity(text: string | null): DeviceIdentity {
	if (text === null) return noIdentity;
	try {
		const parsed: unknown = JSON.parse(text);
		return Value.Check(DeviceIdentity, parsed) ? parsed : noIdentity;
	} catch {
		return noIdentity;
	}
}
