/** From a day on, so many units in all; day 0 is today. Units grow from bucket to bucket. */
export interface FreeBucket {
	readonly day: number;
	readonly units: number;
}

/** Units of a SKU that are set aside at a site: what is there, or what comes by a day. */
export interface PlannedUnits {
	readonly siteId: string;
	readonly sku: string;
	readonly quantity: number;
	/** 0 for units that are there. */
	readonly day: number;
}

export interface ReservationPlan {
	readonly units: readonly PlannedUnits[];
	/** What no site has. */
	readonly missing: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface PlanQuestion {
	readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
	/** Those that may be asked, the best first. */
	readonly siteIds: readonly string[];
	/** What a site may promise of a SKU, until the last day that the customer accepts. */
	readonly bucketsAt: (siteId: string, sku: string) => readonly FreeBucket[];
	/** Whether it may be set aside at several sites. */
	readonly isSplit: boolean;
}

/**
 * Chooses where units are set aside. The first site that has everything now; else, where that is allowed, several sites that have it now; else what
 * comes, the earliest first: at the one site that has everything first, or at several. Of what is there a site never gives less than of what comes.
 */
export function planReservation(question: PlanQuestion): ReservationPlan {
	const wanted = wantedBySku(question.lines);
	let alone: ReservationPlan | undefined;
	for (const siteId of question.siteIds) {
		const plan = planAt([siteId], wanted, question.bucketsAt);
		if (isWhole(plan) && lastDay(plan) === 0) return plan;
		if (alone === undefined || isBetter(plan, alone)) alone = plan;
	}
	if (!question.isSplit) return alone ?? { units: [], missing: toList(wanted) };
	const together = planAt(question.siteIds, wanted, question.bucketsAt);
	return alone && !isBetter(together, alone) ? alone : together;
}

/** More units, then earlier; of two that are the same, the first stays. */
function isBetter(plan: ReservationPlan, than: ReservationPlan): boolean {
	const more = missingUnits(than) - missingUnits(plan);
	return more > 0 || (more === 0 && lastDay(plan) < lastDay(than));
}

const isWhole = ({ missing }: ReservationPlan) => missing.length === 0;
const missingUnits = ({ missing }: ReservationPlan) => missing.reduce((sum, { quantity }) => sum + quantity, 0);
const lastDay = ({ units }: ReservationPlan) => units.reduce((last, { day }) => Math.max(last, day), 0);

function wantedBySku(lines: PlanQuestion['lines']): ReadonlyMap<string, number> {
	const wanted = new Map<string, number>();
	for (const { sku, quantity } of lines) wanted.set(sku, quantity + (wanted.get(sku) ?? 0));
	return wanted;
}

const toList = (wanted: ReadonlyMap<string, number>) => [...wanted].map(([sku, quantity]) => ({ sku, quantity }));

function planAt(
	siteIds: readonly string[],
	wanted: ReadonlyMap<string, number>,
	bucketsAt: PlanQuestion['bucketsAt'],
): ReservationPlan {
	const units: PlannedUnits[] = [];
	const missing: { sku: string; quantity: number }[] = [];
	for (const [sku, quantity] of wanted) {
		let left = quantity;
		for (const step of stepsOf(siteIds, sku, bucketsAt)) {
			const taken = Math.min(left, step.quantity);
			if (taken > 0) units.push({ ...step, quantity: taken });
			left -= taken;
		}
		if (left > 0) missing.push({ sku, quantity: left });
	}
	return { units, missing };
}

/** What each bucket adds at each site: the earliest first, and of a day the best site first. */
function stepsOf(
	siteIds: readonly string[],
	sku: string,
	bucketsAt: PlanQuestion['bucketsAt'],
): readonly PlannedUnits[] {
	const steps = siteIds.flatMap((siteId) => {
		let before = 0;
		return bucketsAt(siteId, sku).map(({ day, units }): PlannedUnits => {
			const quantity = Math.max(0, units - before);
			before = Math.max(before, units);
			return { siteId, sku, quantity, day };
		});
	});
	return steps.sort((a, b) => a.day - b.day);
}
