import { printGtin } from '../../shared/codes/index.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import { openDatabase } from '../../sync-server/database/open-database.ts';
import type { Bench } from './bench.ts';
import { type LoadedDevice, largeDevice } from './large-device.ts';
import { benchGtin, largeSiteId, largeSize } from './large-site.ts';
import type { ScanTimes } from './page-instruments.ts';
import { type Spread, spreadOf } from './quantiles.ts';

const scansOfEachKind = 125;
/** Pauses of uneven length, so that the keys fall anywhere between two frames. */
const pauseMs = (scan: number) => 40 + ((scan * 7919) % 61);

type Kind = 'right' | 'first' | 'wrong' | 'unknown';
type Scan = { readonly kind: Kind; readonly code: string };

/** From the scanner's Enter to the painted verdict, which the app shows only when what it says is on the disk. */
export const scanToVerdict: Bench = {
	name: 'scan-to-verdict',
	run: async (workshop) => {
		const { device, databaseUrl } = await largeDevice(workshop);
		const times: { readonly kind: Kind; readonly times: ScanTimes }[] = [];
		for (const work of await longWork(databaseUrl)) {
			if (times.length >= 3 * scansOfEachKind) break;
			await openPick(device, work);
			for (const scan of scansOf(work).slice(0, 3 * scansOfEachKind - times.length)) {
				times.push({ kind: scan.kind, times: await timed(device, scan) });
				await device.page.waitForTimeout(pauseMs(times.length));
			}
		}
		const of = (kinds: readonly Kind[], measure: (times: ScanTimes) => number): Spread =>
			spreadOf(times.filter(({ kind }) => kinds.includes(kind)).map(({ times: each }) => measure(each)));
		const all: readonly Kind[] = ['right', 'wrong', 'unknown'];
		const painted = of(all, (each) => each.painted);
		const shown = of(all, (each) => each.shown);
		return {
			line:
				`scan-to-verdict: ${painted.count} scans, painted p50 ${painted.p50} ms, p99 ${painted.p99} ms, max ${painted.max} ms; ` +
				`verdict ready p50 ${shown.p50} ms, p99 ${shown.p99} ms`,
			budget: 'p99 within one frame (16.7 ms)',
			figures: {
				paintedMs: painted,
				verdictReadyMs: shown,
				frameBeganMs: of(all, (each) => each.frame),
				byKind: {
					rightItem: figuresOf(of, 'right'),
					firstRightItemOfOrder: figuresOf(of, 'first'),
					wrongItem: figuresOf(of, 'wrong'),
					unknownCode: figuresOf(of, 'unknown'),
				},
			},
		};
	},
};

function figuresOf(of: (kinds: readonly Kind[], measure: (times: ScanTimes) => number) => Spread, kind: Kind) {
	return { paintedMs: of([kind], (each) => each.painted), verdictReadyMs: of([kind], (each) => each.shown) };
}

async function longWork(databaseUrl: string): Promise<readonly FulfillmentOrder[]> {
	const { db, close } = openDatabase(databaseUrl, { connections: 1 });
	const rows = await db.selectFrom('fulfillment_order').select('body').where('site_id', '=', largeSiteId).execute();
	await close();
	return rows.map(({ body }) => body).filter(({ lines }) => lines.length >= 10);
}

async function openPick({ page }: LoadedDevice, { id, lines }: FulfillmentOrder): Promise<void> {
	await page.evaluate(
		(hash) => {
			window.location.hash = hash;
		},
		`#/pick/${encodeURIComponent(id)}`,
	);
	await page
		.getByText(lines[0]?.name ?? '')
		.first()
		.waitFor();
	await page.waitForTimeout(300);
}

/** Each unit of the order, and between them items of the catalog that it does not want, and codes that nobody knows. */
function scansOf({ lines }: FulfillmentOrder): readonly Scan[] {
	const units = lines.flatMap(({ gtins, ordered }) => Array.from({ length: ordered }, () => gtins[0] ?? ''));
	return units.flatMap((gtin, index): readonly Scan[] => [
		{ kind: index === 0 ? 'first' : 'right', code: printGtin(gtin) },
		{ kind: 'wrong', code: printGtin(benchGtin(largeSize.stockedProducts + ((index * 104_729) % 70_000))) },
		{ kind: 'unknown', code: printGtin(benchGtin(largeSize.products + index)) },
	]);
}

async function timed({ page, scan }: LoadedDevice, { kind, code }: Scan): Promise<ScanTimes> {
	const answer = page.evaluate(() => window.bench.nextScan());
	await scan(code);
	const times = await answer;
	const expected = kind === 'right' || kind === 'first' ? 'right' : 'wrong';
	if (times.kind !== expected) throw new Error(`The scan of a ${kind} item was answered as "${times.kind}".`);
	return times;
}
