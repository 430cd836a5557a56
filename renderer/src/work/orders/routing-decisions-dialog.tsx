import { Alert, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecidedPlan, RoutingDecision } from '../../../../shared/schema/routing-decision.ts';
import { openDeviceClient } from '../../device/index.ts';
import { Dialog, EmptyState, LoadingState, useMoneyText, useTimeText } from '../../ui/index.ts';

type Asked =
	| { readonly kind: 'asking' }
	| { readonly kind: 'away' }
	| { readonly kind: 'known'; readonly decisions: readonly RoutingDecision[] };

/** Every decision about an order with all that was weighed: central's word of this moment. */
export function RoutingDecisionsDialog(props: {
	readonly orderId: string;
	readonly number: string;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('orders');
	const asked = useDecisions(props.orderId);
	return (
		<Dialog onClose={props.onClose} title={t('routing.title', { number: props.number })} size="70rem">
			{asked.kind === 'asking' ? <LoadingState /> : null}
			{asked.kind === 'away' ? <Alert color="orange.9">{t('routing.away')}</Alert> : null}
			{asked.kind === 'known' && asked.decisions.length === 0 ? (
				<EmptyState title={t('routing.none')}>{t('routing.noneHint')}</EmptyState>
			) : null}
			{asked.kind === 'known' ? (
				<Stack gap="xl">
					{asked.decisions.map((decision) => (
						<Decision key={decision.id} decision={decision} />
					))}
				</Stack>
			) : null}
		</Dialog>
	);
}

function useDecisions(orderId: string): Asked {
	const [asked, setAsked] = useState<Asked>({ kind: 'asking' });
	useEffect(() => {
		let isCurrent = true;
		openDeviceClient()
			.then((client) => client.ask('routing_decisions', { orderId }))
			.then(
				(result): Asked => (result.ok ? { kind: 'known', decisions: result.answer.decisions } : { kind: 'away' }),
				(error: unknown): Asked => {
					console.error('The device core did not ask for the decisions', error);
					return { kind: 'away' };
				},
			)
			.then((answer) => {
				if (isCurrent) setAsked(answer);
			});
		return () => {
			isCurrent = false;
		};
	}, [orderId]);
	return asked;
}

function Decision({ decision }: { readonly decision: RoutingDecision }) {
	const { t } = useTranslation('orders');
	const time = useTimeText();
	const { at, cause, rulesVersion, rules, currency, chosen, alternatives, sites } = decision;
	return (
		<section>
			<Title order={2} size="h3">
				{t(`routing.cause.${cause}`)} · {time.time(at)}
			</Title>
			<Text c="dimmed">
				{rules.length === 0 ? t('routing.noRules') : t('routing.rules', { rules: rules.join(', ') })}
			</Text>
			{rulesVersion === undefined ? null : (
				<Text c="dimmed">{t('routing.rulesVersion', { version: rulesVersion })}</Text>
			)}
			<Table aria-label={t('routing.plans')} my="xs">
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{t('routing.plan')}</Table.Th>
						{termNames.map((term) => (
							<Table.Th key={term} ta="right">
								{t(`routing.term.${term}`)}
							</Table.Th>
						))}
						<Table.Th ta="right">{t('routing.total')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					<Plan plan={chosen} currency={currency} isChosen />
					{alternatives.map((plan) => (
						<Plan key={JSON.stringify(plan.parcels)} plan={plan} currency={currency} isChosen={false} />
					))}
				</Table.Tbody>
			</Table>
			<Table aria-label={t('routing.sites')}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{t('routing.site')}</Table.Th>
						<Table.Th ta="right">{t('routing.distance')}</Table.Th>
						<Table.Th ta="right">{t('routing.possible')}</Table.Th>
						<Table.Th ta="right">{t('routing.late')}</Table.Th>
						<Table.Th>{t('routing.whatBecame')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{sites.map(({ siteId, siteName, distanceKm, possibleUnits, lateDays, verdict, rule }) => (
						<Table.Tr key={siteId} fw={verdict === 'chosen' ? 600 : undefined}>
							<Table.Td>{siteName}</Table.Td>
							<Table.Td ta="right">{distanceKm}</Table.Td>
							<Table.Td ta="right">{possibleUnits}</Table.Td>
							<Table.Td ta="right">{lateDays}</Table.Td>
							<Table.Td>
								{t(`routing.verdict.${verdict}`)}
								{rule === undefined ? '' : ` (${rule})`}
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</section>
	);
}

const termNames = ['shipping', 'handling', 'split', 'lateness', 'rules', 'stock', 'unfilled'] as const;

function Plan(props: { readonly plan: DecidedPlan; readonly currency: string; readonly isChosen: boolean }) {
	const { t } = useTranslation('orders');
	const money = useMoneyText();
	const { parcels, terms, totalMinor, worthToOthersMinor, unfilledUnits, blockedBy } = props.plan;
	const cost = (minor: number) => money({ minor, currency: props.currency });
	const names = parcels.map(({ siteName, units }) => t('routing.parcel', { site: siteName, count: units }));
	return (
		<Table.Tr fw={props.isChosen ? 600 : undefined}>
			<Table.Td>
				{[...names, ...(unfilledUnits > 0 ? [t('routing.unfilled', { count: unfilledUnits })] : [])].join(' · ')}
				{props.isChosen ? ` (${t('routing.verdict.chosen')})` : ''}
				{blockedBy.map(({ siteName, sku, wanted, free }) => (
					<Text key={`${siteName} ${sku}`} size="sm" c="dimmed">
						{t(sku === undefined ? 'routing.blockedCapacity' : 'routing.blockedStock', {
							site: siteName,
							sku,
							wanted,
							free,
						})}
					</Text>
				))}
				{worthToOthersMinor === undefined ? null : (
					<Text size="sm" c="dimmed">
						{t('routing.worthToOthers', { cost: cost(worthToOthersMinor) })}
					</Text>
				)}
			</Table.Td>
			{termNames.map((term) => (
				<Table.Td key={term} ta="right">
					{terms[term] === 0 ? '–' : cost(terms[term])}
				</Table.Td>
			))}
			<Table.Td ta="right">{cost(totalMinor)}</Table.Td>
		</Table.Tr>
	);
}
