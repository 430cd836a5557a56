import { Button, Center, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface StateProps {
	readonly title: string;
	readonly children?: ReactNode;
	readonly action?: { readonly label: string; readonly onAct: () => void } | undefined;
}

/** Nothing to show, and what would fill it. */
export function EmptyState({ title, children, action }: StateProps) {
	return <StateBox title={title} body={children} action={action} />;
}

/** Something went wrong: what, and what to do. */
export function ProblemState({ title, children, action }: StateProps) {
	return <StateBox title={title} body={children} action={action} alert />;
}

/** Keeps the shape of what is coming. */
export function LoadingState({ rows = 6 }: { readonly rows?: number }) {
	const { t } = useTranslation('ui');
	return (
		<Stack gap="sm" role="status" aria-label={t('loading')}>
			{Array.from({ length: rows }, (_, row) => (
				<Skeleton key={String(row)} height={56} radius="md" />
			))}
		</Stack>
	);
}

function StateBox(props: {
	readonly title: string;
	readonly body: ReactNode;
	readonly action: StateProps['action'];
	readonly alert?: boolean;
}) {
	return (
		<Center mih={240} {...(props.alert === true ? { role: 'alert' } : {})}>
			<Stack align="center" gap="sm" maw={560} ta="center">
				<Title order={2}>{props.title}</Title>
				{props.body === undefined ? null : (
					<Text component="div" c="dimmed" size="lg">
						{props.body}
					</Text>
				)}
				{props.action === undefined ? null : (
					<Button size="lg" variant="default" onClick={props.action.onAct}>
						{props.action.label}
					</Button>
				)}
			</Stack>
		</Center>
	);
}
