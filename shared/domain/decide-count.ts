import { applied, type Decision, type Statement, type UnitStep } from './decision.ts';

/**
 * A count of one product while the site trades. Each scan carries what the books had at that moment, so what is picked or sold
 * before the count is submitted changes nothing of what was found or is missing.
 */
export function decideCount({ payload }: Statement<'count'>): Decision {
	const { countId, sku, scans } = payload;
	const expected = scans.reduce((sum, scan) => sum + scan.expected, 0);
	const counted = scans.reduce((sum, scan) => sum + scan.counted, 0);
	const difference = counted - expected;
	if (difference === 0) return applied([{ kind: 'counted', steps: [], countId, sku, expected, counted }]);
	const bucket =
		difference > 0 ? ({ from: 'lost', to: 'available' } as const) : ({ from: 'available', to: 'lost' } as const);
	const step: UnitStep = { lineId: '', sku, quantity: Math.abs(difference), count: null, bucket, putBack: 0 };
	return applied(
		[{ kind: 'counted', steps: [step], countId, sku, expected, counted }],
		[
			{
				exceptionKind: 'count_differs',
				priority: 'normal',
				sku,
				quantity: difference,
				expected,
				counted,
				fact: `${counted} units of ${sku} were counted`,
				plan: `The books had ${expected}`,
			},
		],
	);
}
