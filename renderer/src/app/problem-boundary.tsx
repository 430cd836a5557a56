import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ProblemPage } from './problem-page.tsx';

interface BoundaryState {
	readonly failure: unknown;
}

/** What is thrown while rendering ends here, with words and a way out. React has no other form for this than a class. */
export class ProblemBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
	override state: BoundaryState = { failure: null };

	static getDerivedStateFromError(failure: unknown): BoundaryState {
		return { failure };
	}

	override componentDidCatch(failure: unknown, info: ErrorInfo): void {
		console.error('A screen failed', failure, info.componentStack);
	}

	override render(): ReactNode {
		const { failure } = this.state;
		return failure === null ? this.props.children : <ProblemPage failure={failure} />;
	}
}
