import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playVerdict } from '../scanning/index.ts';
import classes from './verdict.module.css';

/** The one large answer to a scan. */
export interface Verdict {
	readonly kind: 'right' | 'wrong' | 'attention';
	readonly title: string;
	readonly detail?: string | undefined;
}

export interface ShownVerdict extends Verdict {
	/** Counts the answers, so that the same answer twice is seen and read twice. */
	readonly count: number;
}

export interface VerdictState {
	readonly verdict: ShownVerdict | null;
	/** Shows it, with its sound. Call it only when what it says is saved. */
	readonly say: (verdict: Verdict) => void;
	readonly clear: () => void;
}

/** The verdict of one screen; it stays until the next scan. */
export function useVerdict(): VerdictState {
	const [verdict, setVerdict] = useState<ShownVerdict | null>(null);
	const count = useRef(0);
	const say = useCallback((next: Verdict) => {
		count.current++;
		setVerdict({ ...next, count: count.current });
		playVerdict(next.kind);
	}, []);
	const clear = useCallback(() => setVerdict(null), []);
	return { verdict, say, clear };
}

const signs = { right: '✓', wrong: '✕', attention: '!' } as const;

/** Shows a verdict large and in a fixed place: empty, it keeps its room. */
export function VerdictPanel({ verdict }: { readonly verdict: ShownVerdict | null }) {
	const { t } = useTranslation('ui');
	return (
		<div className={classes.panel} data-kind={verdict?.kind}>
			{verdict === null ? <div className={classes.hint}>{t('verdictHint')}</div> : null}
			<div role="status" aria-live="assertive" aria-atomic="true">
				{verdict === null ? null : (
					<div key={verdict.count} className={classes.answer}>
						<span aria-hidden="true" className={classes.sign}>
							{signs[verdict.kind]}
						</span>
						<div>
							<div className={classes.title}>{verdict.title}</div>
							{verdict.detail === undefined ? null : <div className={classes.detail}>{verdict.detail}</div>}
						</div>
					</div>
				)}
			</div>
		</div>
	);
}
