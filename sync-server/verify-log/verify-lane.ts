import { lostHashOf } from '../../shared/domain/lost-record.ts';
import { operationHash } from '../../shared/domain/operation-hash.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import { judgeSignature, type PublicKeys } from '../central/devices/device-key.ts';
import { statedContent, storableText, storableVersion } from '../ingest/read-frame.ts';

/** A place of a lane as the database keeps it. */
export interface KeptPlace {
	readonly seq: number;
	readonly op_id: string;
	readonly hash: string;
	readonly body: unknown;
	/** What became of the operation, wherever it was taken in first; null when that is not known. */
	readonly outcome: string | null;
	readonly reason: string | null;
	/** The rest only of an operation that this lane was the first to bring. */
	readonly device_id: string | null;
	readonly type: string | null;
	readonly v: number | null;
	readonly signed: boolean | null;
	/** Of one that another lane had brought before: how it came then. */
	readonly first_body: unknown;
	readonly is_repeated: boolean;
}

export interface LaneEnd {
	readonly last_seq: number;
	readonly last_hash: string;
}

export interface LaneFigures {
	readonly operations: number;
	readonly signed: number;
	readonly repeated: number;
}

/** These were damaged when they came: their hash was wrong then, and a person was told. */
const damagedOnArrival: ReadonlySet<string | null> = new Set(['hash_mismatch', 'unreadable_frame']);

/** Walks one lane from its beginning, place by place, and says what is wrong with it. Holds nothing but where it is. */
export class LaneWalk {
	readonly #device: { readonly id: string | null; readonly laneId: string; readonly keys: PublicKeys };
	readonly #tell: (seq: number, what: string) => void;
	#seq = 0;
	#hash: string | null = '';
	/** The place before fills that of a lost operation, which the next one still follows. */
	#lostHash: string | null = null;
	#figures = { operations: 0, signed: 0, repeated: 0 };
	#signs = false;

	constructor(
		device: { readonly id: string | null; readonly laneId: string; readonly keys: PublicKeys },
		tell: (seq: number, what: string) => void,
	) {
		this.#device = device;
		this.#tell = tell;
	}

	get figures(): LaneFigures {
		return this.#figures;
	}

	/** The next place, by its number. */
	take(place: KeptPlace): void {
		this.#figures.operations += 1;
		if (place.is_repeated) this.#figures.repeated += 1;
		const { seq } = place;
		if (seq <= this.#seq) this.#tell(seq, 'there are two operations with this number');
		else if (seq > this.#seq + 1) {
			const isOne = seq === this.#seq + 2;
			this.#tell(
				seq,
				isOne ? `number ${seq - 1} before it is missing` : `numbers ${this.#seq + 1} to ${seq - 1} are missing`,
			);
			this.#hash = null;
		}
		this.#checkContent(place);
		this.#seq = Math.max(seq, this.#seq);
		this.#hash = place.hash;
		this.#lostHash = place.reason === 'unknown_type' ? lostHashOf(place.body) : null;
	}

	/** After the last place: the lane must end where it says. */
	end({ last_seq, last_hash }: LaneEnd): void {
		if (last_seq > this.#seq) this.#tell(last_seq, `the lane ends here, but nothing is kept after number ${this.#seq}`);
		else if (last_seq < this.#seq) this.#tell(this.#seq, `the lane says that it ends at number ${last_seq}`);
		else if (this.#hash !== null && last_hash !== this.#hash)
			this.#tell(last_seq, 'the lane names another last operation');
	}

	#checkContent(place: KeptPlace): void {
		const { seq, hash, outcome, reason } = place;
		const tell = (what: string) => this.#tell(seq, what);
		if (typeof place.body !== 'object' || place.body === null) {
			tell('its content is no operation');
			return;
		}
		const body = place.body as OperationEnvelope;
		const follows = this.#hash === null || [this.#hash, this.#lostHash].includes(body.previousHash);
		if (!follows) tell('it does not follow the operation before it');
		if (body.hash !== hash) tell('its hash is not the one in its content');
		const wasDamaged = outcome === 'quarantined' && damagedOnArrival.has(reason);
		this.#checkColumns(place, body);
		if (wasDamaged) return;
		if (operationHash(body) !== hash) tell('its content was changed: it does not give its hash');
		const verdict = judgeSignature(body, { keys: this.#device.keys, signs: this.#signs });
		if (verdict === 'signed') {
			this.#signs = true;
			this.#figures.signed += 1;
		}
		// What was quarantined has no effect, whoever wrote it.
		if (outcome === 'quarantined') return;
		if (verdict === 'mismatch') tell('no key of its device has signed it');
		else if (place.signed !== null && place.signed !== (verdict === 'signed')) {
			tell(place.signed ? 'it is marked as signed, and is not' : 'it is signed, and not marked so');
		}
	}

	#checkColumns(place: KeptPlace, body: OperationEnvelope): void {
		const tell = (what: string) => this.#tell(place.seq, what);
		const { id, laneId } = this.#device;
		if (body.laneId !== laneId) tell(`it says that it belongs to lane ${storableText(body.laneId, 100)}`);
		if (body.seq !== place.seq) tell(`it says that its number is ${body.seq}`);
		if (body.opId !== place.op_id) tell(`it says that its id is ${storableText(body.opId, 100)}`);
		if (id !== null && body.deviceId !== id) tell(`it says that device ${storableText(body.deviceId, 100)} wrote it`);
		if (place.is_repeated) {
			if (place.first_body === null) tell('it repeats an operation that is not kept');
			else if (statedContent(body) !== statedContent(place.first_body))
				tell('it says something else than the one it repeats');
			return;
		}
		if (place.device_id !== body.deviceId) tell('it is kept under another device than wrote it');
		if (place.type !== storableText(body.type, 200)) tell(`it is kept as ${place.type}, and is another kind`);
		if (place.v !== storableVersion(body.v)) tell(`it is kept as version ${place.v}, and is another one`);
	}
}
