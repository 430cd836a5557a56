import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import type { HandoverProof } from '../../../shared/schema/fulfillment-order.ts';
import type { ReturnRecord } from '../../../shared/schema/return-case.ts';
import { currentDocuments, useSite } from '../replica/index.ts';
import type { TimeText } from '../ui/index.ts';
import { SignaturePicture } from './signature-picture.tsx';

/** What a person compares to judge an exception: both handovers with their signatures, or the evidence of each return. */
export function ExceptionEvidence(props: { readonly exceptionCase: ExceptionCase; readonly time: TimeText }) {
	const { handovers = [], returns = [], orderNumber } = props.exceptionCase;
	return (
		<>
			{handovers.length > 0 ? <HandoverProofs handovers={handovers} time={props.time} /> : null}
			{returns.length > 0 ? <ReturnRecords returns={returns} orderNumber={orderNumber} time={props.time} /> : null}
		</>
	);
}

function HandoverProofs(props: { readonly handovers: readonly HandoverProof[]; readonly time: TimeText }) {
	const { t } = useTranslation('fulfillment');
	const { handovers, time } = props;
	return (
		<SimpleGrid cols={{ base: 1, sm: 2 }} component="section" aria-label={t('exception.proof.title')}>
			{handovers.map((each, index) => (
				<Paper withBorder p="sm" key={`${each.at} ${String(index)}`}>
					<Stack gap={4}>
						<Text fw={650}>
							{t(index === 0 && handovers.length > 1 ? 'exception.proof.first' : 'exception.proof.second')}
						</Text>
						<Text>
							{t('exception.proof.by', {
								count: each.units,
								name: each.actorName,
								collectedBy: each.collectedBy,
								time: time.time(each.at),
							})}
						</Text>
						<Text>{t(`exception.proof.check.${each.identityCheck}`)}</Text>
						{each.signature === undefined ? (
							<Text c="dimmed">{t('exception.proof.noSignature')}</Text>
						) : (
							<SignaturePicture
								path={each.signature}
								label={t('exception.proof.signature', { name: each.collectedBy })}
							/>
						)}
					</Stack>
				</Paper>
			))}
		</SimpleGrid>
	);
}

function ReturnRecords(props: {
	readonly returns: readonly ReturnRecord[];
	readonly orderNumber: string | undefined;
	readonly time: TimeText;
}) {
	const { t } = useTranslation('fulfillment');
	const site = useSite();
	const order = currentDocuments('order').find(({ number }) => number === props.orderNumber);
	const siteName = (id: string) =>
		(id === site?.id ? site.name : undefined) ??
		order?.fulfillments.find(({ siteId }) => siteId === id)?.siteName ??
		currentDocuments('site').find((each) => each.id === id)?.name ??
		id;
	return (
		<SimpleGrid cols={{ base: 1, sm: 2 }} component="section" aria-label={t('exception.evidence.title')}>
			{props.returns.map((each) => (
				<Paper withBorder p="sm" key={each.returnId}>
					<Stack gap={4}>
						<Text fw={650}>
							{t('exception.evidence.by', {
								count: each.lines.reduce((sum, { quantity }) => sum + quantity, 0),
								name: each.actorName,
								site: siteName(each.siteId),
								time: props.time.time(each.at),
							})}
						</Text>
						<Text>{t(`exception.evidence.proof.${each.evidence?.proof ?? 'none'}`)}</Text>
						{each.evidence?.conditionNote === undefined ? null : <Text>“{each.evidence.conditionNote}”</Text>}
					</Stack>
				</Paper>
			))}
		</SimpleGrid>
	);
}
