import { type Assignment, assignFirstPlans, assignGivenPlans } from './assignment.ts';
import { adoptChoice, putChoice } from './choose-plans.ts';
import { findPrices } from './find-prices.ts';
import { type Improvement, improveAssignment } from './improve-assignment.ts';
import type { LoadedSolver, MilpSolver } from './milp-solver.ts';
import { openNetwork, type Prices } from './network.ts';
import { collectOffers, type Offers } from './offers.ts';
import { createOrderPricer, type OrderPricer } from './order-pricer.ts';
import type { Plan } from './plan.ts';
import { type PlanPool, poolPlans } from './plan-pool.ts';
import { seededRandom } from './random.ts';
import type { RoutingProblem } from './routing-problem.ts';
import { planOfTakes, type TakenUnits } from './taken-units.ts';
import { gapOf, unavoidableCost } from './unavoidable.ts';

export interface BatchOptions {
	/** The time that a batch takes; left out: `batchTime`. A first feasible solution is finished in any case. */
	readonly time?: BatchTime | undefined;
	/** What each order has now, in the problem's sequence: the answer costs no more than that, if it fits into stock and capacity. */
	readonly present?: readonly (readonly TakenUnits[])[] | undefined;
	/** A clock that only goes forward, in milliseconds. */
	readonly nowMs: () => number;
	/** Asked for at once, waited for only where there is time to use it. */
	readonly loadSolver: () => Promise<LoadedSolver>;
}

export interface BatchResult {
	readonly offers: Offers;
	/** The plan of each order, in the problem's sequence. Together they keep to stock and capacity. */
	readonly plans: readonly Plan[];
	readonly cost: number;
	/** No feasible solution costs less. */
	readonly bound: number;
	readonly unavoidable: number;
	/** The distance from the bound: (cost − bound) / (bound − unavoidable). */
	readonly gap: number;
	/** What stock and capacity are worth to these orders. */
	readonly prices: Prices;
	readonly choice: Choice;
	readonly steps: readonly BatchStep[];
}

/** How the whole-order plans were chosen in the end. */
export type Choice =
	| { readonly by: 'solver'; readonly name: string }
	| { readonly by: 'own improvement'; readonly because: 'no time' | 'nothing to gain' }
	| { readonly by: 'own improvement'; readonly because: 'solver missing'; readonly reason: string };

/** What a step took and led to; for benchmarks and for those who wonder. */
export interface BatchStep {
	readonly name: string;
	readonly seconds: number;
	readonly gap: number;
}

const seed = 20_261_128;
const priceRounds = 60;
const poolSize = { slack: 0.3, mostPerOrder: 30 };
/** A batch with a larger gap than this may take all of its time. */
const patientGap = 0.003;
/** Parts of the longest time that the search for prices and the first gains may reach: on a slow machine a solution without them would be poor. */
const slowest = { prices: 0.6, opening: 1.5 };
/** How improvement begins and when it ends: before the first question to the solver, beside it, beside each further one, and with none left. */
const improvements = {
	opening: { firstGroup: 4, mostRounds: 6, idleRounds: 6 },
	first: { firstGroup: 7, mostRounds: 80, idleRounds: 25 },
	later: { firstGroup: 10, mostRounds: 40, idleRounds: 6 },
	last: { firstGroup: 7, mostRounds: 1000, idleRounds: 8 },
};
/** Plans for each order among which the solver chooses, step after step. */
const columnsPerOrder = [0.4, 1, 2.5, 6, 15, 40];
/** What the solver may leave ungained, as a part of the cost scale. */
const enoughGap = 0.01;

/** In seconds: what a batch takes, and the most that it takes as long as its gap is large. */
export interface BatchTime {
	readonly aim: number;
	readonly most: number;
}

/** The time for a batch of so many orders. */
export function batchTime(orders: number): BatchTime {
	// A small batch gets more for each order: the solver needs a while for anything at all.
	const aim = Math.min(0.1 + 0.00187 * orders, 0.47 + 0.0015 * orders);
	return { aim, most: aim + 2.3 + 0.0003 * orders };
}

/**
 * Routes all orders together near the optimum: prices stock and capacity (which proves a bound), collects the whole-order plans that are worth a look
 * at these prices, gives each order one, improves this by small groups of orders, and chooses among the plans of all orders with a solver as long as there is time.
 * Where the time doesn't run out, the same problem gets the same answer.
 */
export async function routeBatch(problem: RoutingProblem, options: BatchOptions): Promise<BatchResult> {
	const began = options.nowMs();
	const elapsed = () => (options.nowMs() - began) / 1000;
	const time = options.time ?? batchTime(problem.orders.length);
	const loading = options.loadSolver();
	try {
		const network = openNetwork(problem);
		const offers = collectOffers(network, problem.orders);
		const pricer = createOrderPricer(offers);
		const unavoidable = unavoidableCost(problem);
		const steps: BatchStep[] = [];
		const found = findPrices(offers, pricer, {
			rounds: priceRounds,
			isTimeUp: () => elapsed() > time.most * slowest.prices,
		});
		// Rounding, or nothing to ship at all, can leave the dual below what is certain anyway.
		const bound = Math.max(found.bound, unavoidable);
		const gapAt = (cost: number) => gapOf(cost, bound, unavoidable);
		const note = (name: string, cost: number) => steps.push({ name, seconds: elapsed(), gap: gapAt(cost) });
		note(`prices, ${found.rounds} rounds`, bound);
		const pool = poolPlans(offers, pricer, found, poolSize);
		const assignment = firstAssignment(pool, pricer, problem, options.present);
		note('first plans', assignment.cost);
		const choice = await choosePlans({
			assignment,
			pricer,
			loading,
			random: seededRandom(seed),
			secondsLeft: () => (gapAt(assignment.cost) > patientGap ? time.most : time.aim) - elapsed(),
			isTooSlow: () => elapsed() > time.most * slowest.opening,
			note: (name) => note(name, assignment.cost),
		});
		const plans = assignment.current.map(({ plan }) => plan);
		const cost = plans.reduce((sum, plan) => sum + plan.cost, 0);
		return { offers, plans, cost, bound, unavoidable, gap: gapAt(cost), prices: found.prices, choice, steps };
	} finally {
		void loading.then((loaded) => 'solver' in loaded && loaded.solver.close());
	}
}

function firstAssignment(
	pool: PlanPool,
	pricer: OrderPricer,
	{ orders }: RoutingProblem,
	present: BatchOptions['present'],
): Assignment {
	const plans = present?.map((takes, index) =>
		planOfTakes(pool.offers, index, orders[index] as (typeof orders)[number], takes),
	);
	const given = plans && assignGivenPlans(pool, plans);
	const found = assignFirstPlans(pool, pricer);
	return given !== undefined && given.cost <= found.cost ? given : found;
}

interface Choosing {
	readonly assignment: Assignment;
	readonly pricer: OrderPricer;
	readonly loading: Promise<LoadedSolver>;
	readonly random: () => number;
	readonly secondsLeft: () => number;
	readonly isTooSlow: () => boolean;
	readonly note: (name: string) => void;
}

/** The solver chooses among more and more plans, while the own improvement goes on beside it; the better of both is where the next step begins. */
async function choosePlans(choosing: Choosing): Promise<Choice> {
	const { assignment, loading, secondsLeft, note } = choosing;
	const pooled = assignment.pool.plans.reduce((sum, plans) => sum + plans.length, 0);
	let answers = 0;
	let lastColumns = 0;
	let solver: MilpSolver | undefined;
	improve({ ...choosing, secondsLeft: () => (choosing.isTooSlow() ? 0 : 1) }, improvements.opening);
	for (const [step, ofOrder] of columnsPerOrder.entries()) {
		const mostColumns = Math.ceil(ofOrder * assignment.pool.offers.orderCount);
		const choice = putChoice(assignment, mostColumns);
		const solving = loading.then(async (loaded) => {
			if ('missing' in loaded || choice === undefined || secondsLeft() <= 0) return undefined;
			const { program, start } = choice;
			const request = { program, start, seconds: secondsLeft(), enoughGap: enoughGap * assignment.pool.costScale };
			return loaded.solver.solve(request);
		});
		improve(choosing, step === 0 ? improvements.first : improvements.later);
		if (choice === undefined) return { by: 'own improvement', because: 'nothing to gain' };
		const loaded = await within(secondsLeft(), loading);
		if (loaded === undefined) break;
		if ('missing' in loaded) {
			improve(choosing, improvements.last);
			return { by: 'own improvement', because: 'solver missing', reason: loaded.missing };
		}
		solver = loaded.solver;
		const values = await within(secondsLeft(), solving);
		if (values === undefined) break;
		answers += 1;
		adoptChoice(assignment, choice, values);
		note(`choice among ${choice.columns.length} plans`);
		const isAll = mostColumns >= pooled || choice.columns.length === lastColumns;
		lastColumns = choice.columns.length;
		if (secondsLeft() <= 0 || isAll) break;
	}
	if (secondsLeft() > 0) improve(choosing, improvements.last);
	return solver === undefined || answers === 0
		? { by: 'own improvement', because: 'no time' }
		: { by: 'solver', name: solver.name };
}

function improve(choosing: Choosing, how: Pick<Improvement, 'firstGroup' | 'mostRounds' | 'idleRounds'>): void {
	const { assignment, pricer, random, secondsLeft, note } = choosing;
	improveAssignment(assignment, pricer, { random, ...how, isTimeUp: () => secondsLeft() <= 0 });
	note('improvement');
}

/** What a promise gives, or undefined where it takes longer. */
function within<Value>(seconds: number, promise: Promise<Value>): Promise<Value | undefined> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => resolve(undefined), Math.max(0, seconds) * 1000);
		promise.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}
