import type { Kysely } from 'kysely';
import type { TSchema } from 'typebox';
import type { Problem } from '../../../shared/protocol/messages.ts';
import {
	type AnswerOf,
	type AskRequest,
	isQuestionKind,
	type QuestionKind,
	type QuestionOf,
	questionKinds,
} from '../../../shared/protocol/questions.ts';
import type { Role } from '../../../shared/schema/associate.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { type Grant, verifyGrant } from '../associates/grant.ts';
import type { Device } from '../devices/authenticate-device.ts';
import type { Promising } from '../promising/open-promising.ts';
import { listRuns } from '../routing/batch/routing-runs.ts';
import { decisionsSeenAt } from '../routing/live/routing-decisions.ts';
import type { ReplayDesk } from '../routing/replay/replay-desk.ts';
import {
	discardFromDevice,
	lookAtRules,
	previewForDevice,
	publishFromDevice,
	saveFromDevice,
	versionForDevice,
} from '../rules/answer-rules-questions.ts';
import { promisingSubject } from '../rules/promising-subject.ts';
import { routingSubject } from '../rules/routing-subject.ts';
import type { RulesActor } from '../rules/rule-versions.ts';

/** What answers are made from. */
export interface QuestionContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly grantSecret: string;
	readonly promising: Pick<Promising, 'answer'>;
	readonly replays: Omit<ReplayDesk, 'run' | 'close'>;
}

/** Who asks. The grant is null when nobody is signed in, or central does not vouch for it any more. */
export interface Asker {
	readonly device: Device;
	readonly grant: Grant | null;
}

/** For questions that only people with a role may ask: those have a grant. */
function actorOf({ grant }: Asker): RulesActor {
	return grant === null ? { id: null, name: 'central' } : { id: grant.associateId, name: grant.name };
}

type Answered<K extends QuestionKind> = AnswerOf<K> | { readonly fault: Problem };

type Answerer<Question, K extends QuestionKind> = (
	context: QuestionContext,
	question: Question,
	asker: Asker,
) => Promise<Answered<K>>;

/** One answer for each kind of question. */
const answers: { readonly [K in QuestionKind]: Answerer<QuestionOf<K>, K> } = {
	availability: ({ promising }, question) => promising.answer(question),
	routing_decisions: async ({ db }, { orderId }, { device }) => ({
		decisions: [...(await decisionsSeenAt(db, device.siteId, orderId))],
	}),
	routing_runs: async ({ db }) => ({ runs: [...(await listRuns(db))] }),
	rules_look: (context) => lookAtRules(promisingSubject, context),
	rules_save: (context, question, asker) => saveFromDevice(promisingSubject, context, actorOf(asker), question),
	rules_discard: (context, { revision }, asker) =>
		discardFromDevice(promisingSubject, context, actorOf(asker), revision),
	rules_publish: (context, question, asker) => publishFromDevice(promisingSubject, context, actorOf(asker), question),
	rules_preview: (context, question) => previewForDevice(context, question),
	replay_choices: ({ replays }) => replays.choices(),
	replay_start: async ({ replays }, request) => replays.start(request),
	replay_look: async ({ replays }, { replayId }) => replays.look(replayId),
	replay_stop: async ({ replays }, { replayId }) => replays.stop(replayId),
	rules_version: (context, { version }) => versionForDevice(promisingSubject, context, version),
	routing_rules_look: (context) => lookAtRules(routingSubject, context),
	routing_rules_save: (context, question, asker) => saveFromDevice(routingSubject, context, actorOf(asker), question),
	routing_rules_discard: (context, { revision }, asker) =>
		discardFromDevice(routingSubject, context, actorOf(asker), revision),
	routing_rules_publish: (context, question, asker) =>
		publishFromDevice(routingSubject, context, actorOf(asker), question),
	routing_rules_version: (context, { version }) => versionForDevice(routingSubject, context, version),
};

export type Asked =
	| { readonly ok: true; readonly answer: AnswerOf<QuestionKind> }
	| { readonly ok: false; readonly status: 400 | 403 | 404; readonly problem: Problem };

/** Finds what is wrong with a question of one kind. */
export type QuestionCheck = (
	schema: TSchema,
	question: unknown,
) => { readonly where: string; readonly words: string } | undefined;

/** Answers a device's question, whatever its kind, or says in words why not. */
export async function answerQuestion(
	context: QuestionContext,
	device: Device,
	{ kind, question, grant: token }: AskRequest,
	faultOf: QuestionCheck,
): Promise<Asked> {
	if (!isQuestionKind(kind)) {
		const message = `This server knows no question "${kind}".`;
		return refuse(404, { error: 'unknown_question', message, where: '/kind', whatToDo: 'Update the server.' });
	}
	const row: { readonly question: TSchema; readonly roles?: readonly Role[] } = questionKinds[kind];
	const grant = validGrant(context, device, token);
	if (row.roles && !grant?.roles.some((role) => row.roles?.includes(role))) {
		const message = `This is answered to people with one of these roles: ${row.roles.join(', ')}.`;
		return refuse(403, { error: 'role_not_allowed', message, whatToDo: 'Sign in again while connected.' });
	}
	const fault = faultOf(row.question, question);
	if (fault !== undefined) {
		return refuse(400, {
			error: 'invalid',
			message: `${fault.where || 'The question'} ${fault.words}.`,
			where: `/question${fault.where}`,
		});
	}
	const answerIt = answers[kind] as Answerer<unknown, QuestionKind>;
	const answer = await answerIt(context, question, { device, grant });
	return 'fault' in answer ? refuse(400, answer.fault) : { ok: true, answer };
}

function refuse(status: 400 | 403 | 404, problem: Problem): Asked {
	return { ok: false, status, problem };
}

function validGrant({ clock, grantSecret }: QuestionContext, device: Device, token: string | undefined): Grant | null {
	if (token === undefined) return null;
	const { deviceId, siteId, formerly = [] } = device;
	const verdict = verifyGrant(token, { deviceId, siteId, formerly, at: clock.now().toString() }, grantSecret);
	return verdict.ok ? verdict.grant : null;
}
