import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExceptionCase } from '../../../../shared/schema/exception-case.ts';
import { ExceptionEvidence } from '../../fulfillment/exception-evidence.tsx';
import { exceptionSentence } from '../../fulfillment/exception-sentence.ts';
import { useProductName } from '../../fulfillment/use-product-name.ts';
import type { TimeText } from '../../ui/index.ts';

/** Both sides of an exception: what the device says, what central held to be true, and who asked what about it. */
export function ExceptionSides(props: { readonly exceptionCase: ExceptionCase; readonly time: TimeText }) {
	const { t } = useTranslation('sync');
	const { t: inFulfillment } = useTranslation('fulfillment');
	const { exceptionCase, time } = props;
	const { actorName, openedAt, askedBy, note } = exceptionCase;
	const { productName, sku } = exceptionCase;
	const catalogName = useProductName(productName === undefined ? sku : undefined);
	const { happened, held } = exceptionSentence(inFulfillment, exceptionCase, catalogName);
	return (
		<>
			<Text size="sm">
				<b>{t('exceptions.device')}:</b> {happened} (
				{t('exceptions.by', { name: actorName, time: time.time(openedAt) })})
			</Text>
			<Text size="sm">
				<b>{t('exceptions.central')}:</b> {held}
			</Text>
			<ExceptionEvidence exceptionCase={exceptionCase} time={time} />
			{askedBy === undefined ? null : (
				<Text size="sm" fw={600}>
					{t('exceptions.asked', { name: askedBy, note: note ?? '' })}
				</Text>
			)}
		</>
	);
}
