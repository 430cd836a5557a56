import { MantineProvider } from '@mantine/core';
import { theme, themeVariables } from '../ui/index.ts';
import { Boot } from './boot.tsx';
import { ProblemBoundary } from './problem-boundary.tsx';

export function App() {
	return (
		<MantineProvider theme={theme} cssVariablesResolver={themeVariables} defaultColorScheme="auto">
			<ProblemBoundary>
				<Boot />
			</ProblemBoundary>
		</MantineProvider>
	);
}
