import type { FeedPage } from '../protocol/messages.ts';
import type { Associate } from '../schema/associate.ts';

/** Those who may sign in here after this page of the site's stream, or null when it says nothing new of them. */
export function associatesAfter(known: readonly Associate[], page: FeedPage): readonly Associate[] | null {
	const associates = new Map(known.map((each) => [each.id, each]));
	let isChanged = false;
	for (const { collection, id, deleted, body } of page.documents) {
		if (collection !== 'meta') continue;
		if (deleted) isChanged = associates.delete(id) || isChanged;
		else if (isAssociate(body)) {
			associates.set(id, body);
			isChanged = true;
		}
	}
	return isChanged ? [...associates.values()] : null;
}

function isAssociate(body: unknown): body is Associate {
	return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'associate';
}
