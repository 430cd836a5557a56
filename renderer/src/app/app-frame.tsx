import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentDocuments, currentSiteId, currentSupplies, findProductByGtins } from '../replica/index.ts';
import { onUnhandledScan, playVerdict } from '../scanning/index.ts';
import { TitleSlot } from '../ui/index.ts';
import classes from './app-frame.module.css';
import { scanDestination } from './destination.ts';
import { FirstLoad } from './first-load.tsx';
import { NoticeLine } from './notice-line.tsx';
import { closeNotice, showNotice } from './notices.ts';
import { Rail } from './rail.tsx';
import { StatusButton } from './status-button.tsx';
import { supplyDestination } from './supply-destination.ts';
import { UniversalField } from './universal-field.tsx';
import { WhoAndWhere } from './who-and-where.tsx';

/** What stays around every screen: rail, title, universal field, status, notices, who and where. */
export function AppFrame() {
	const { t } = useTranslation('app');
	const navigate = useNavigate();
	const [titleSlot, setTitleSlot] = useState<HTMLElement | null>(null);
	useEffect(() => {
		onUnhandledScan((scan) => {
			const delivery = supplyDestination(scan.text, currentSupplies(), currentSiteId());
			if (delivery !== null) {
				closeNotice();
				void navigate({ to: delivery });
				return;
			}
			const destination = scanDestination(scan, {
				orders: currentDocuments('order'),
				fulfillmentOrders: currentDocuments('fulfillment_order'),
			});
			if (destination.kind === 'go') {
				closeNotice();
				void navigate({ to: destination.to, state: { passChecked: scan.code.kind === 'pass' } });
				return;
			}
			const tellWhy = (why: string) => {
				playVerdict('wrong');
				showNotice({ kind: 'wrong', title: t(`scan.${why}`, { text: scan.text }) });
			};
			if (destination.kind === 'nothing') return tellWhy(destination.why);
			void findProductByGtins(destination.gtins).then((product) => {
				if (product === null) return tellWhy('unknown_product');
				closeNotice();
				const state = { lookedUpByScan: true };
				void navigate({ to: '/lookup/$sku', params: { sku: product.id }, state });
			});
		});
		return () => onUnhandledScan(undefined);
	}, [navigate, t]);
	return (
		<div className={classes.frame}>
			<Rail />
			<header className={classes.bar}>
				<div ref={setTitleSlot} className={classes.title} />
				<UniversalField />
				<StatusButton />
			</header>
			<main className={classes.main}>
				<FirstLoad />
				<NoticeLine />
				<div className={classes.screen}>
					<TitleSlot value={titleSlot}>
						<Outlet />
					</TitleSlot>
				</div>
			</main>
			<WhoAndWhere />
		</div>
	);
}
