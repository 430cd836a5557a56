import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './rules.module.css';

const parts = [
	{ name: 'promising', to: '/rules' },
	{ name: 'routing', to: '/rules/routing' },
	{ name: 'runs', to: '/rules/runs' },
	{ name: 'replay', to: '/rules/replay' },
] as const;

/** The parts of the rules: what may be promised, how orders are routed, what routing has done, and what it would have done. */
export function PartsNav({ here }: { readonly here: (typeof parts)[number]['name'] }) {
	const { t } = useTranslation('rules');
	return (
		<nav aria-label={t('parts.label')} className={classes.parts}>
			{parts.map(({ name, to }) => (
				<Link
					key={name}
					to={to}
					activeOptions={{ exact: true }}
					className={classes.part}
					aria-current={name === here ? 'page' : undefined}
				>
					{t(`parts.${name}`)}
				</Link>
			))}
		</nav>
	);
}
