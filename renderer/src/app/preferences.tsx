import { Group, NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages } from './words.ts';

const colorSchemes = ['auto', 'light', 'dark'] as const;

/** Language and light or dark, for this device. */
export function Preferences() {
	const { t, i18n } = useTranslation('app');
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	return (
		<Group gap="xs" wrap="nowrap">
			<NativeSelect
				aria-label={t('preferences.language')}
				size="sm"
				value={i18n.language}
				onChange={(event) => {
					const language = languages.find((each) => each === event.currentTarget.value);
					if (language !== undefined) chooseLanguage(language);
				}}
				data={[
					{ value: 'en', label: 'English' },
					{ value: 'de', label: 'Deutsch' },
					{ value: 'es', label: 'Español' },
				]}
			/>
			<NativeSelect
				aria-label={t('preferences.colors')}
				size="sm"
				value={colorScheme}
				onChange={(event) => {
					const scheme = colorSchemes.find((each) => each === event.currentTarget.value);
					if (scheme !== undefined) setColorScheme(scheme);
				}}
				data={colorSchemes.map((scheme) => ({ value: scheme, label: t(`preferences.scheme.${scheme}`) }))}
			/>
		</Group>
	);
}
