import { appOrigin } from './app-files.ts';

/** Whether this address is the app's own page. */
export function isOwnPage(address: string | undefined): boolean {
	return address === appOrigin || address?.startsWith(`${appOrigin}/`) === true;
}

/** What the page may use: the camera, for scanning, and nothing more. */
export function mayUse(
	permission: string,
	requestedBy: string | undefined,
	mediaTypes: readonly string[] | undefined,
): boolean {
	if (permission !== 'media' || !isOwnPage(requestedBy)) return false;
	return (mediaTypes ?? []).every((type) => type === 'video');
}
