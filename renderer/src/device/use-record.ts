import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperationType, PayloadOf } from '../../../shared/schema/operation.ts';
import { closeNotice, showNotice, useNotices } from '../app/notices.ts';
import { playVerdict } from '../scanning/index.ts';
import { openDeviceClient } from './open-device-client.ts';
import type words from './words/en.ts';

type Failure = keyof typeof words.notSaved;

const failures: readonly string[] = [
	'not_signed_in',
	'not_enrolled',
	'not_enough_rights',
	'storage_full',
	'storage_unavailable',
] satisfies readonly Failure[];

/**
 * Records what somebody did. True when it is on the disk: only then may a screen say saved, or beep. Otherwise it is told loudly
 * here, and nothing has happened.
 */
export function useRecord(): <T extends OperationType>(type: T, payload: PayloadOf<T>) => Promise<boolean> {
	const { t } = useTranslation('device');
	return useCallback(
		async (type, payload) => {
			const result = await openDeviceClient()
				.then((client) => client.record(type, payload))
				.catch((error: unknown) => {
					console.error('The device core did not record', error);
					return { ok: false as const, reason: 'storage' as const, message: 'storage_failed' };
				});
			if (result.ok) {
				// It holds for the last attempt only: beside a count that went up it would be a lie.
				if (useNotices.getState().notice?.title === t('notSavedTitle')) closeNotice();
				return true;
			}
			const cause = result.reason === 'storage' ? result.message : result.reason;
			const why = failures.includes(cause) ? cause : 'storage_failed';
			playVerdict('wrong');
			showNotice({ kind: 'wrong', title: t('notSavedTitle'), detail: t(`notSaved.${why}`) });
			return false;
		},
		[t],
	);
}
