import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

// Shade 7 on white and white on shade 7 are 6.9 : 1; shade 3 on the dark body is 8.1 : 1.
const harbor: MantineColorsTuple = [
	'#e8f6f8',
	'#d3eaee',
	'#a6d5dd',
	'#76bfcb',
	'#50acbb',
	'#399fb1',
	'#2a8595',
	'#12616f',
	'#0d4d59',
	'#053a44',
];

/** One accent color and big type: read from two meters, in a bright shop and in a dark back room. */
export const theme = createTheme({
	primaryColor: 'harbor',
	primaryShade: { light: 7, dark: 7 },
	colors: { harbor },
	fontFamily: "'Inter', 'Segoe UI', system-ui, -apple-system, 'Noto Sans', sans-serif",
	fontSizes: { xs: '0.875rem', sm: '1rem', md: '1.0625rem', lg: '1.25rem', xl: '1.5rem' },
	headings: {
		fontWeight: '650',
		sizes: {
			h1: { fontSize: '1.625rem', lineHeight: '1.2' },
			h2: { fontSize: '1.25rem', lineHeight: '1.3' },
			h3: { fontSize: '1.0625rem', lineHeight: '1.35' },
		},
	},
	defaultRadius: 'md',
	focusRing: 'always',
	respectReducedMotion: true,
	cursorType: 'pointer',
	components: {
		Button: { defaultProps: { size: 'md', fw: 600 } },
		TextInput: { defaultProps: { size: 'md' } },
		PasswordInput: { defaultProps: { size: 'md' } },
		Textarea: { defaultProps: { size: 'md' } },
		Modal: { defaultProps: { centered: true, transitionProps: { duration: 0 } } },
	},
});

/** Mantine's dimmed text and its errors are 3.3 : 1 on white; ours are at least 5 : 1 in both schemes. */
export const themeVariables: CSSVariablesResolver = () => ({
	variables: {},
	light: {
		'--mantine-color-dimmed': '#4a5358',
		'--mantine-color-placeholder': '#5b666c',
		'--mantine-color-error': 'var(--mantine-color-red-9)',
	},
	dark: {
		'--mantine-color-dimmed': '#b6bfc4',
		'--mantine-color-placeholder': '#a3adb2',
		'--mantine-color-error': 'var(--mantine-color-red-4)',
	},
});
