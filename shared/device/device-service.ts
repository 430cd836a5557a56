import { isQuestionKind, type QuestionKind, type QuestionOf } from '../protocol/questions.ts';
import { type OperationType, operationKinds, type PayloadOf } from '../schema/operation.ts';
import type { DeviceCall, DeviceEvents, DeviceReply } from './bridge-messages.ts';
import type { DeviceClient, DeviceEvent, RecordResult } from './device-client.ts';

/** A device client that can record under an id of the caller's own. */
export interface ServedDevice extends Omit<DeviceClient, 'record'> {
	record<T extends OperationType>(type: T, payload: PayloadOf<T>, opId?: string): Promise<RecordResult>;
}

/** Carries out a call that came as a message; never rejects. Arguments are judged here, as they come from another process. */
export async function answerCall(device: ServedDevice, call: DeviceCall): Promise<DeviceReply> {
	try {
		return { kind: 'reply', id: call.id, ok: true, value: await carryOut(device, call) };
	} catch (error) {
		return { kind: 'reply', id: call.id, ok: false, error: error instanceof Error ? error.message : String(error) };
	}
}

/** Hands the events of one turn over together. Gives the way to stop. */
export function forwardEvents(device: ServedDevice, send: (events: DeviceEvents) => void): () => void {
	let turn: DeviceEvent[] = [];
	return device.subscribe((event) => {
		if (turn.push(event) > 1) return;
		void Promise.resolve().then(() => {
			const events = turn;
			turn = [];
			send({ kind: 'events', events });
		});
	});
}

async function carryOut(device: ServedDevice, { method, args }: DeviceCall): Promise<unknown> {
	switch (method) {
		case 'status':
			return await device.status();
		case 'enroll':
			return await device.enroll(text(args[0]), text(args[1]));
		case 'signIn':
			return await device.signIn(text(args[0]), text(args[1]));
		case 'signOut':
			return await device.signOut();
		case 'record':
			return await device.record(typeOf(args[0]), args[1] as PayloadOf<OperationType>, text(args[2]));
		case 'operations':
			return await device.operations(Number(args[0]));
		case 'bringOrder':
			return await device.bringOrder(text(args[0]));
		case 'ask':
			return await device.ask(questionKindOf(args[0]), args[1] as QuestionOf<QuestionKind>);
		case 'rightsLeft':
			return await device.rightsLeft(texts(args[0]));
		case 'retryNow':
			return await device.retryNow();
		case 'exportJournal':
			return await device.exportJournal();
		default:
			throw new Error(`no such call: ${String(method)}`);
	}
}

function text(value: unknown): string {
	if (typeof value !== 'string') throw new TypeError('a text was expected');
	return value;
}

function questionKindOf(value: unknown): QuestionKind {
	if (typeof value !== 'string' || !isQuestionKind(value)) throw new TypeError('no such question');
	return value;
}

function texts(value: unknown): readonly string[] {
	if (!Array.isArray(value)) throw new TypeError('a list was expected');
	return value.map(text);
}

function typeOf(value: unknown): OperationType {
	if (typeof value !== 'string' || !Object.hasOwn(operationKinds, value)) throw new TypeError('no such operation');
	return value as OperationType;
}
