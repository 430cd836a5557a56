import { Button, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { printGtin } from '../../../../shared/codes/index.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { newId, useRecord } from '../../device/index.ts';
import { codeVerdictText } from '../../fulfillment/code-verdict-text.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { findProductByGtins, useReplicaReady, useSite, useSites } from '../../replica/index.ts';
import { type Scan, useInOrder, useScan } from '../../scanning/index.ts';
import { LoadingState, QuantityField, Screen, useTimeText, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { GiverNote } from './giver-note.tsx';
import { useGiverStock } from './giver-stock.ts';
import classes from './transfer.module.css';
import { otherSites, transferNumber, usualDays } from './transfer-work.ts';

interface Wished {
	readonly product: Product;
	readonly quantity: number;
}

/** `/transfer/new`: asks another site for goods, scanned here or found by their code. */
export function RequestScreen() {
	const { t } = useTranslation('transfer');
	const navigate = useNavigate();
	const record = useRecord();
	const isReady = useReplicaReady();
	const site = useSite();
	const sites = useSites();
	const { now } = useTimeText();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const [fromSiteId, setFromSiteId] = useState<string | null>(null);
	const [pending, setPending] = useState<Product | null>(null);
	const [wished, setWished] = useState<readonly Wished[]>([]);
	const [typed, setTyped] = useState<number | null>(null);
	const from = sites.find(({ id }) => id === fromSiteId);
	const giver = useGiverStock(pending, from);

	const handleScan = async ({ code, text }: Scan) => {
		if (code.kind === 'unknown')
			return say(codeVerdictText({ kind: 'unknown_code', code: text, reason: code.reason }, t));
		if (code.kind !== 'product') return;
		const product = await findProductByGtins(code.gtins);
		if (product === null)
			return say(codeVerdictText({ kind: 'unknown_product', code: printGtin(code.gtins[0] ?? text) }, t));
		setPending(product);
		setTyped(null);
		say({ kind: 'right', title: product.name, detail: t('request.howMany') });
	};
	useScan((scan) => {
		if (scan.code.kind === 'pass' || scan.code.kind === 'location' || scan.code.kind === 'order') return false;
		inOrder(() => handleScan(scan));
		return true;
	});
	const add = (quantity: number) => {
		if (pending === null) return;
		setWished((before) => [
			...before.filter(({ product }) => product.id !== pending.id),
			{ product: pending, quantity },
		]);
		setPending(null);
	};
	const ask = async () => {
		if (site === null || from === undefined || wished.length === 0) return;
		const transferId = newId();
		const expectedOn = now.toZonedDateTimeISO(site.timeZone).toPlainDate().add({ days: usualDays }).toString();
		const isSaved = await record('request_transfer', {
			transferId,
			number: transferNumber(transferId),
			fromSiteId: from.id,
			fromSiteName: from.name,
			toSiteName: site.name,
			expectedOn,
			lines: wished.map(({ product, quantity }) => ({
				sku: product.id,
				name: product.name,
				gtins: [product.gtin, ...product.otherGtins],
				quantity,
			})),
		});
		if (isSaved) void navigate({ to: '/transfer/$transferId', params: { transferId } });
	};
	if (!isReady || site === null) {
		return (
			<Screen title={t('request.title')}>
				<LoadingState />
			</Screen>
		);
	}
	return (
		<Screen
			title={t('request.title')}
			primary={{
				label: t('request.ask'),
				disabled: from === undefined || wished.length === 0 || pending !== null,
				onAct: () => inOrder(ask),
			}}
		>
			<div className={classes.work}>
				<div className={classes.side}>
					<VerdictPanel verdict={verdict} />
					<Select
						label={t('request.from')}
						placeholder={t('request.fromHint')}
						data={[...otherSites(sites, site.id)]}
						value={fromSiteId}
						onChange={setFromSiteId}
						searchable
						limit={50}
						nothingFoundMessage={t('request.noSite')}
					/>
					{pending === null ? (
						<Text c="dimmed">{t('request.scan')}</Text>
					) : (
						<Paper withBorder p="md" radius="md">
							<Stack gap="sm">
								<Text size="xl" fw={650}>
									{pending.name}
								</Text>
								<QuantityField
									key={pending.id}
									label={t('request.quantity')}
									onChange={setTyped}
									onEnter={add}
									autoFocus
								/>
								{giver === null || from === undefined ? null : (
									<GiverNote giver={giver} siteName={from.name} wanted={typed} />
								)}
								<Group>
									<Button variant="default" onClick={() => setPending(null)}>
										{t('request.leave')}
									</Button>
								</Group>
							</Stack>
						</Paper>
					)}
				</div>
				<ul className={classes.lines} aria-label={t('request.lines')}>
					{wished.map(({ product, quantity }) => (
						<li key={product.id} className={classes.line}>
							<span className={classes.name}>{t('said.units', { count: quantity, name: product.name })}</span>
							<Button
								size="compact-sm"
								variant="default"
								aria-label={t('request.remove', { name: product.name })}
								onClick={() => setWished((before) => before.filter((each) => each.product.id !== product.id))}
							>
								✕
							</Button>
						</li>
					))}
				</ul>
			</div>
		</Screen>
	);
}
