import type { Kysely } from 'kysely';
import type { CompiledRules } from '../../../shared/domain/promising-rules.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';
import { listSites } from '../routing/sites.ts';
import { currentRules } from '../rules/current-rules.ts';
import { type Reliability, readReliability } from './supply-reliability.ts';

/** What is the same for all SKUs. */
export interface Surroundings {
	readonly sites: readonly Site[];
	readonly sitesById: ReadonlyMap<string, Site>;
	readonly rules: CompiledRules;
	readonly reliability: Reliability;
	readonly readAtMs: number;
}

export interface RememberedSurroundings {
	now(): Promise<Surroundings>;
	/** Another number when they have changed. */
	version(): number;
	forget(): void;
	/** While nobody tells what changes, nothing is remembered. */
	remember(listening: boolean): void;
}

const reliabilityMs = 60 * 60_000;

/** Remembers sites and rules until they change, and how reliable suppliers are for an hour. */
export function openSurroundings(db: Kysely<Tables>): RememberedSurroundings {
	let isListening = false;
	let remembered: Promise<Surroundings> | null = null;
	let version = 0;
	const forget = () => {
		remembered = null;
		version += 1;
	};

	async function read(): Promise<Surroundings> {
		const [sites, reliability, rules] = await Promise.all([listSites(db), readReliability(db), currentRules(db)]);
		const sitesById = new Map(sites.map((site) => [site.id, site]));
		return { sites, sitesById, rules, reliability, readAtMs: Date.now() };
	}

	return {
		async now() {
			if (!isListening) return read();
			const reading = remembered ?? read();
			remembered = reading;
			try {
				const found = await reading;
				if (Date.now() - found.readAtMs > reliabilityMs && remembered === reading) forget();
				return found;
			} catch (error) {
				if (remembered === reading) remembered = null;
				throw error;
			}
		},
		version: () => version,
		forget,
		remember(listening) {
			isListening = listening;
			forget();
		},
	};
}
