import classes from './routing-replay.module.css';

/** Two bars, one below the other; the figures stand in the table beside them. */
export function ReplayBars({
	before,
	after,
	most,
}: {
	readonly before: number;
	readonly after: number;
	readonly most: number;
}) {
	const width = (value: number) => `${most <= 0 ? 0 : Math.max(0, Math.min(100, (100 * value) / most))}%`;
	return (
		<span className={classes.bars} aria-hidden="true">
			<span className={classes.before} style={{ width: width(before) }} />
			<span className={classes.after} style={{ width: width(after) }} />
		</span>
	);
}
