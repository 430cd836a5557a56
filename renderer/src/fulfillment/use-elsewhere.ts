import { useEffect, useState } from 'react';
import type { Site } from '../../../shared/schema/site.ts';
import { openDeviceClient, useDeviceValues } from '../device/index.ts';
import { type KnownAnswer, knownAnswer, withAnswer } from './kept-answers.ts';

/** Changes with the shape of what is kept. It may be lost at any time: it is central's word, and central can be asked again. */
const keptAs = 'backstock-elsewhere-2';

function keptAnswers(): readonly KnownAnswer[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(keptAs) ?? '[]');
		return Array.isArray(kept) ? kept : [];
	} catch {
		return [];
	}
}

function keep(answer: KnownAnswer): void {
	try {
		localStorage.setItem(keptAs, JSON.stringify(withAnswer(keptAnswers(), answer)));
	} catch (error) {
		console.warn('What other sites have can’t be kept', error);
	}
}

export interface Elsewhere {
	/** null when nothing was ever heard of it on this device. */
	readonly answer: KnownAnswer | null;
	/** The answer is of this moment, not one that was kept. */
	readonly isLive: boolean;
	readonly isAsking: boolean;
}

/** What all sites may promise of a product: central's word of now when it can be asked, else its last one on this device. */
export function useElsewhere(sku: string, site: Site | null): Elsewhere {
	const { isOnline } = useDeviceValues(({ connection }) => ({ isOnline: connection.kind === 'online' }));
	const [known, setKnown] = useState<Elsewhere & { readonly sku: string }>(() => ofKept(sku));
	useEffect(() => {
		setKnown(ofKept(sku));
		if (!isOnline || site === null) return;
		let isCurrent = true;
		setKnown((before) => ({ ...before, isAsking: true }));
		const { id, postalCode, country, lat, lon } = site;
		const question = { lines: [{ sku }], place: { postalCode, country, lat, lon } };
		openDeviceClient()
			.then((client) => client.ask('availability', question))
			.then((result) => {
				const found = result.ok ? result.answer.availability.find((each) => each.sku === sku) : undefined;
				if (!result.ok || found === undefined) return null;
				const answer = knownAnswer(result.answer.asOf, found, id);
				keep(answer);
				return answer;
			})
			.catch((error: unknown) => {
				console.error('The device core did not ask for other sites', error);
				return null;
			})
			.then((answer) => {
				if (!isCurrent) return;
				setKnown((before) =>
					answer === null ? { ...before, isAsking: false } : { sku, answer, isLive: true, isAsking: false },
				);
			});
		return () => {
			isCurrent = false;
		};
	}, [sku, site, isOnline]);
	return known.sku === sku ? known : ofKept(sku);
}

function ofKept(sku: string): Elsewhere & { readonly sku: string } {
	return { sku, answer: keptAnswers().find((each) => each.sku === sku) ?? null, isLive: false, isAsking: false };
}
