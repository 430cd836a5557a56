import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../shared/schema/associate.ts';
import type { PromisingRule, RuleSet } from '../../../../shared/schema/promising-rules.ts';
import { useDeviceValues } from '../../device/index.ts';
import { Screen } from '../../ui/index.ts';
import type { DeskPart } from './desk-part.ts';
import { DeskScreen } from './desk-screen.tsx';
import { promisingGroups } from './group-form.ts';
import { PreviewView } from './preview-view.tsx';
import { PublishedView, useRuleTextParts } from './published-view.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { changeText, conditionText, effectText, type RuleTextParts } from './rule-text.ts';
import { promisingQuestions, useRulesDesk } from './use-rules-desk.ts';

const none: readonly Role[] = [];

const promisingPart = (parts: RuleTextParts): DeskPart<RuleSet, PromisingRule> => ({
	name: 'promising',
	questions: promisingQuestions,
	bodyOf: ({ rules, groups }) => ({ rules, groups }),
	groupUse: promisingGroups,
	example: (name) => ({
		id: 'example',
		name,
		products: {},
		siteGroup: { kinds: ['store'] },
		effect: { safetyStock: { units: 1 } },
	}),
	linesOf: (rule) => [effectText(rule.effect, parts.t), conditionText(rule, parts)],
	changeText: (change) => changeText(change, parts),
	dialog: (props) => <RuleDialog {...props} />,
	preview: (revision) => <PreviewView revision={revision} />,
});

/** `/rules`: the rules of promising. Who may change them works on them at central; everybody else, and who is cut off, sees what holds. */
export function RulesScreen() {
	const { t } = useTranslation('rules');
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? none }));
	const isAllowed = roles.includes('operations');
	const view = useRulesDesk(promisingQuestions, isAllowed);
	const parts = useRuleTextParts();
	const { state } = view;
	if (isAllowed && state.kind === 'open') {
		return <DeskScreen<RuleSet, PromisingRule> part={promisingPart(parts)} view={view} desk={state.desk} />;
	}
	const reason = isAllowed ? (state.kind === 'open' ? 'asking' : state.kind) : 'role';
	return (
		<Screen
			title={t('title.promising')}
			primary={isAllowed && reason !== 'asking' ? { label: t('again'), onAct: view.reload } : undefined}
		>
			<PublishedView reason={reason} />
		</Screen>
	);
}
