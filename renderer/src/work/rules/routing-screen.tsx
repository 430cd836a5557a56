import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../shared/schema/associate.ts';
import type { RoutingRule, RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import { useDeviceValues } from '../../device/index.ts';
import { LoadingState, ProblemState, Screen } from '../../ui/index.ts';
import { CostsDialog } from './costs-dialog.tsx';
import type { DeskPart } from './desk-part.ts';
import { DeskScreen } from './desk-screen.tsx';
import { routingGroups } from './group-form.ts';
import { PartsNav } from './parts-nav.tsx';
import { useRuleTextParts } from './published-view.tsx';
import { RoutingRuleDialog } from './routing-rule-dialog.tsx';
import { orderText, routingChangeText, routingEffectText } from './routing-text.ts';
import type { RuleTextParts } from './rule-text.ts';
import classes from './rules.module.css';
import { routingQuestions, useRulesDesk } from './use-rules-desk.ts';

const none: readonly Role[] = [];

const routingPart = (parts: RuleTextParts): DeskPart<RoutingSet, RoutingRule> => ({
	name: 'routing',
	questions: routingQuestions,
	bodyOf: ({ rules, groups, weights }) => ({ rules, groups, weights }),
	groupUse: routingGroups,
	example: (name) => ({
		id: 'example',
		name,
		orders: {},
		effect: { prefer: { sites: { kinds: ['warehouse'] }, worthMinor: 100 } },
	}),
	linesOf: (rule, { weights: { currency } }) => {
		const withCurrency = { ...parts, currency };
		return [routingEffectText(rule.effect, withCurrency), orderText(rule, withCurrency)];
	},
	changeText: (change, { weights: { currency } }) => routingChangeText(change, { ...parts, currency }),
	dialog: (props) => <RoutingRuleDialog {...props} />,
	costs: (props) => <CostsDialog {...props} />,
});

/** `/rules/routing`: how orders are routed. Only operations sees and changes it, and only while central can be asked. */
export function RoutingScreen() {
	const { t } = useTranslation('rules');
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? none }));
	const isAllowed = roles.includes('operations');
	const view = useRulesDesk(routingQuestions, isAllowed);
	const parts = useRuleTextParts();
	const { state } = view;
	if (isAllowed && state.kind === 'open') {
		return <DeskScreen<RoutingSet, RoutingRule> part={routingPart(parts)} view={view} desk={state.desk} />;
	}
	const reason = isAllowed ? (state.kind === 'open' ? 'asking' : state.kind) : 'role';
	return (
		<Screen title={t('title.routing')}>
			<div className={classes.page}>
				<PartsNav here="routing" />
				{reason === 'asking' ? (
					<LoadingState rows={4} />
				) : (
					<ProblemState
						title={t(`routing.cannot.${reason}`)}
						action={reason === 'role' ? undefined : { label: t('again'), onAct: view.reload }}
					>
						{t(`routing.hint.${reason}`)}
					</ProblemState>
				)}
			</div>
		</Screen>
	);
}
