import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../shared/schema/associate.ts';
import { useDeviceValues } from '../../device/index.ts';
import { Screen } from '../../ui/index.ts';
import { PublishedView } from './published-view.tsx';
import { RulesDeskScreen } from './rules-desk-screen.tsx';
import { useRulesDesk } from './use-rules-desk.ts';

const none: readonly Role[] = [];

/** `/rules`: the rules of promising. Who may change them works on them at central; everybody else, and who is cut off, sees what holds. */
export function RulesScreen() {
	const { t } = useTranslation('rules');
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? none }));
	const isAllowed = roles.includes('operations');
	const view = useRulesDesk(isAllowed);
	const { state } = view;
	if (isAllowed && state.kind === 'open') return <RulesDeskScreen view={view} desk={state.desk} />;
	const reason = isAllowed ? (state.kind === 'open' ? 'asking' : state.kind) : 'role';
	return (
		<Screen
			title={t('title')}
			primary={isAllowed && reason !== 'asking' ? { label: t('again'), onAct: view.reload } : undefined}
		>
			<PublishedView reason={reason} />
		</Screen>
	);
}
