import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Supply } from '../../../../shared/domain/supply.ts';
import type { Receipt, ReceivedLine } from '../../../../shared/schema/receipt.ts';
import { progressOf } from './expected-units.ts';
import classes from './receive.module.css';
import type { UnknownCode } from './unknown-codes.ts';

/** What this person has counted, the latest first, each product's expected number beside it. */
export function CountedLines({
	receipt,
	supply,
}: {
	readonly receipt: Receipt | null;
	readonly supply: Supply | null;
}) {
	const { t } = useTranslation('receive');
	const progress = new Map(supply === null ? [] : progressOf(supply).map((each) => [each.sku, each]));
	const lines = [...(receipt?.lines ?? [])].reverse();
	if (lines.length === 0) return <Text c="dimmed">{t('nothingYet')}</Text>;
	return (
		<ul className={classes.lines} aria-label={t('lines')}>
			{lines.map((line) => {
				const known = progress.get(line.sku);
				return (
					<li key={line.lineId} className={classes.line} data-void={line.notCounted !== undefined || undefined}>
						<span className={classes.units}>{t('lineUnits', { quantity: line.quantity })}</span>
						<span className={classes.name}>
							{line.name}
							<Text span c="dimmed" size="sm" display="block">
								<LineFacts line={line} />
							</Text>
						</span>
						<span className={classes.state}>
							{known === undefined || line.notCounted !== undefined
								? ''
								: t('ofExpected', { came: known.came, expected: known.expected })}
						</span>
					</li>
				);
			})}
		</ul>
	);
}

function LineFacts({ line }: { readonly line: ReceivedLine }) {
	const { t } = useTranslation('receive');
	const facts = [
		...(line.notCounted === undefined ? [] : [t(line.notCounted === 'taken_back' ? 'takenBack' : 'receivedBefore')]),
		...(line.condition === 'damaged' ? [t('condition.damaged')] : []),
		...(line.lot === undefined ? [] : [t('lot', { lot: line.lot })]),
		...(line.expiresOn === undefined ? [] : [t('expires', { date: line.expiresOn })]),
		...(line.serials === undefined ? [] : [t('serials', { serials: line.serials.join(', ') })]),
		...(line.bin === undefined ? [] : [t('inBin', { bin: line.bin })]),
	];
	return facts.join(' · ');
}

/** What is expected in all: shown when somebody asks for it, so that it is not copied. */
export function ExpectedLines({ supply }: { readonly supply: Supply }) {
	const { t } = useTranslation('receive');
	return (
		<ul className={classes.lines} aria-label={t('expected')}>
			{progressOf(supply).map(({ sku, name, came, expected, damaged }) => (
				<li key={sku} className={classes.line}>
					<span className={classes.units} />
					<span className={classes.name}>{name}</span>
					<span className={classes.state}>
						{t('ofExpected', { came, expected })}
						{damaged > 0 ? ` · ${t('damagedUnits', { count: damaged })}` : ''}
					</span>
				</li>
			))}
		</ul>
	);
}

/** Codes that nobody knew: the goods wait for somebody who does. */
export function UnknownTray(props: { readonly codes: readonly UnknownCode[]; readonly onClear: () => void }) {
	const { t } = useTranslation('receive');
	const { codes, onClear } = props;
	if (codes.length === 0) return null;
	return (
		<Paper withBorder p="md" radius="md" component="section" aria-label={t('tray.title', { count: codes.length })}>
			<Stack gap={4}>
				<Group>
					<Text fw={650}>{t('tray.title', { count: codes.length })}</Text>
					<Button ml="auto" size="compact-sm" variant="default" onClick={onClear}>
						{t('tray.empty')}
					</Button>
				</Group>
				<Text c="dimmed">{t('tray.text')}</Text>
				{codes.map(({ code, times }) => (
					<Text key={code} className={classes.code}>
						{t('tray.code', { code, times })}
					</Text>
				))}
			</Stack>
		</Paper>
	);
}
