import type { CompiledRules, RuledProduct, RuleEffect } from '../../../shared/domain/promising-rules.ts';
import { promisableUnits, safetyUnits } from '../../../shared/domain/promising-rules.ts';
import type { RulesPreview } from '../../../shared/protocol/rules-messages.ts';
import { type Method, methods } from '../../../shared/schema/order.ts';
import type { RuleSet } from '../../../shared/schema/promising-rules.ts';
import type { Site } from '../../../shared/schema/site.ts';

export interface PreviewProduct extends RuledProduct {
	readonly name: string;
}

/** What one site holds of one SKU now. `onHand` is 0 where nothing may be promised whatever the rules say. */
export interface PreviewPosition {
	readonly site: Site;
	readonly product: PreviewProduct;
	readonly onHand: number;
	readonly reserved: number;
	readonly rights: number;
}

/** A channel that some rule names, or null for all others, and a method. */
export interface Way {
	readonly channel: string | null;
	readonly method: Method;
}

/** A name that no rule has: every rule that names its channels passes it by. */
const anyOtherChannel = ' ';

/** The ways to sell that two rule sets may tell apart. */
export function waysOf(...ruleSets: readonly RuleSet[]): readonly Way[] {
	const named = new Set(ruleSets.flatMap(({ rules }) => rules.flatMap(({ channels }) => channels ?? [])));
	return [null, ...[...named].sort()].flatMap((channel) => methods.map((method) => ({ channel, method })));
}

interface BeforeAndAfter {
	unitsBefore: number;
	unitsAfter: number;
}
interface Total extends BeforeAndAfter {
	skusLost: number;
	skusGained: number;
}
interface SkuChange extends BeforeAndAfter {
	readonly product: PreviewProduct;
}
interface PositionChange extends SkuChange {
	readonly site: Site;
	readonly because: readonly string[];
}

const emptyTotal = (): Total => ({ unitsBefore: 0, unitsAfter: 0, skusLost: 0, skusGained: 0 });
const largestShown = 50;

/** Adds up, product by product, what two rule sets let be sold in one way. */
export class WayTally {
	readonly way: Way;
	readonly #before: CompiledRules;
	readonly #after: CompiledRules;
	readonly #dayAt: (site: Site) => string;
	readonly #all = emptyTotal();
	readonly #sites = new Map<Site, Total>();
	readonly #departments = new Map<string, Total>();
	readonly #promises = { reservedUnits: 0, rightUnits: 0, positions: 0 };
	#changedUnits = 0;
	#skus: SkuChange[] = [];
	#positions: PositionChange[] = [];

	constructor(way: Way, before: CompiledRules, after: CompiledRules, dayAt: (site: Site) => string) {
		this.way = way;
		this.#before = before;
		this.#after = after;
		this.#dayAt = dayAt;
	}

	/** Adds all positions of one product. */
	add(product: PreviewProduct, positions: readonly PreviewPosition[]): void {
		const before = this.#before.ofProduct(product);
		const after = this.#after.ofProduct(product);
		const { channel, method } = this.way;
		const sum: SkuChange = { product, unitsBefore: 0, unitsAfter: 0 };
		for (const position of positions) {
			const { site, onHand, reserved, rights } = position;
			if (!site.capabilities.includes(method)) continue;
			const question = { site, channel: channel ?? anyOtherChannel, method, on: this.#dayAt(site) };
			const [was, is] = [before(question), after(question)];
			const claimed = reserved + rights;
			const unitsBefore = promisableUnits(was, onHand, claimed);
			const unitsAfter = promisableUnits(is, onHand, claimed);
			sum.unitsBefore += unitsBefore;
			sum.unitsAfter += unitsAfter;
			count(totalOf(this.#sites, site), unitsBefore, unitsAfter);
			if (claimed > 0) this.#countPromises(position, was, is);
			if (unitsBefore === unitsAfter) continue;
			this.#changedUnits += Math.abs(unitsAfter - unitsBefore);
			const { because } = unitsAfter < unitsBefore ? is : was;
			this.#positions.push({ product, site, unitsBefore, unitsAfter, because });
		}
		count(this.#all, sum.unitsBefore, sum.unitsAfter);
		count(totalOf(this.#departments, product.department), sum.unitsBefore, sum.unitsAfter);
		this.#skus.push(sum);
		if (this.#positions.length >= 20 * largestShown) this.#positions = largest(this.#positions);
		if (this.#skus.length >= 20 * largestShown) this.#skus = largest(this.#skus);
	}

	/** Units of promises that the new safety stock would not have allowed, and the old one did. */
	#countPromises({ onHand, reserved, rights }: PreviewPosition, was: RuleEffect, is: RuleEffect): void {
		const claimed = reserved + rights;
		const within = (effect: RuleEffect) =>
			Math.min(claimed, Math.max(0, safetyUnits(effect, onHand) - Math.max(0, onHand - claimed)));
		const units = within(is) - within(was);
		if (units <= 0) return;
		const ofRights = Math.min(rights, units);
		this.#promises.rightUnits += ofRights;
		this.#promises.reservedUnits += units - ofRights;
		this.#promises.positions += 1;
	}

	get summary(): RulesPreview['ways'][number] {
		return { ...this.way, ...this.#all };
	}

	/** How many units it changes, whether more or fewer. */
	get changedUnits(): number {
		return this.#changedUnits;
	}

	get promises(): Pick<RulesPreview['promises'], 'reservedUnits' | 'rightUnits' | 'positions'> {
		return this.#promises;
	}

	/** Every site and department, and the largest changes of SKUs and positions; largest first. */
	get tables(): Pick<RulesPreview, 'sites' | 'departments' | 'skus' | 'largest'> {
		return {
			sites: bySize([...this.#sites].map(([site, total]) => ({ siteId: site.id, siteName: site.name, ...total }))),
			departments: bySize([...this.#departments].map(([department, total]) => ({ department, ...total }))),
			skus: largest(this.#skus).map(({ product, ...units }) => ({ sku: product.id, name: product.name, ...units })),
			largest: largest(this.#positions).map(({ site, product, because, ...units }) => {
				const { id: sku, name } = product;
				return { siteId: site.id, siteName: site.name, sku, name, ...units, because: [...because] };
			}),
		};
	}
}

const sizeOf = ({ unitsBefore, unitsAfter }: BeforeAndAfter) => Math.abs(unitsAfter - unitsBefore);
const bySize = <T extends BeforeAndAfter>(changes: T[]): T[] => changes.sort((a, b) => sizeOf(b) - sizeOf(a));

function largest<T extends BeforeAndAfter>(changes: readonly T[]): T[] {
	return bySize(changes.filter((change) => sizeOf(change) > 0)).slice(0, largestShown);
}

function totalOf<Key>(totals: Map<Key, Total>, key: Key): Total {
	const found = totals.get(key);
	if (found !== undefined) return found;
	const made = emptyTotal();
	totals.set(key, made);
	return made;
}

/** Adds one SKU to a total. */
function count(total: Total, unitsBefore: number, unitsAfter: number): void {
	total.unitsBefore += unitsBefore;
	total.unitsAfter += unitsAfter;
	if (unitsBefore > 0 && unitsAfter === 0) total.skusLost += 1;
	if (unitsBefore === 0 && unitsAfter > 0) total.skusGained += 1;
}
