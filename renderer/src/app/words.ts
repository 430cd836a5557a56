import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'de', 'es'] as const;
export type Language = (typeof languages)[number];

const storedAs = 'backstock-language';

type Catalog = Readonly<Record<string, unknown>>;
const catalogs: Readonly<Record<string, Catalog>> = import.meta.glob(
	['./words/*.ts', '../{ui,scanning,documents,device,fulfillment}/words/*.ts', '../work/*/words/*.ts'],
	{ eager: true, import: 'default' },
);

/** `../work/pick/words/de.ts` holds the namespace `pick` in German. */
function placeOf(path: string): { readonly namespace: string; readonly language: string } | undefined {
	const [, folder, language] = /(?:([^/.]+)\/)?words\/([a-z]+)\.ts$/.exec(path) ?? [];
	return language === undefined ? undefined : { namespace: folder ?? 'app', language };
}

/** All words by language and namespace; a namespace is named like the folder that owns it. */
export function allWords(): Resource {
	const resource: Record<string, Record<string, Catalog>> = {};
	for (const [path, words] of Object.entries(catalogs)) {
		const place = placeOf(path);
		if (place === undefined) continue;
		const byNamespace = resource[place.language] ?? {};
		byNamespace[place.namespace] = words;
		resource[place.language] = byNamespace;
	}
	return resource as Resource;
}

function preferredLanguage(): Language {
	const wished = [localStorage.getItem(storedAs), ...navigator.languages].map((each) => each?.slice(0, 2));
	return (
		languages.find((language) => language === wished.find((each) => languages.some((known) => known === each))) ?? 'en'
	);
}

/** Makes the words available; synchronous, because they come with the app. */
export function startWords(language: Language = preferredLanguage()): void {
	void i18next.use(initReactI18next).init({
		lng: language,
		fallbackLng: 'en',
		defaultNS: 'app',
		resources: allWords(),
		initAsync: false,
		interpolation: { escapeValue: false },
		returnNull: false,
	});
	document.documentElement.lang = language;
}

/** Changes the language now and for the next start of this device. */
export function chooseLanguage(language: Language): void {
	localStorage.setItem(storedAs, language);
	document.documentElement.lang = language;
	void i18next.changeLanguage(language);
}
