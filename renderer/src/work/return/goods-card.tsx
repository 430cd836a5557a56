import { ActionIcon, Button, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Grade, grades, type ReturnReason, returnReasons } from '../../../../shared/schema/return-case.ts';
import { identityText } from '../../fulfillment/scanned-identity.ts';
import { Key, useTimeText } from '../../ui/index.ts';
import { type GoodsGroup, openQuestion } from './counter-goods.ts';
import classes from './return.module.css';

interface GoodsCardProps {
	readonly group: GoodsGroup;
	readonly name: string;
	readonly isActive: boolean;
	readonly onActivate: () => void;
	readonly onReason: (reason: ReturnReason) => void;
	readonly onGrade: (grade: Grade) => void;
	readonly onAnswerAnew: () => void;
	readonly onChangeDisposition: () => void;
	readonly onTakeOff: () => void;
}

/** Goods on the counter: how many of what, the next question about them, and where they go. */
export function GoodsCard(props: GoodsCardProps) {
	const { t } = useTranslation('return');
	const { group, name, isActive } = props;
	const question = openQuestion(group);
	const { day } = useTimeText();
	const known = identityText({ ...group.lot, serials: [...(group.serials ?? [])] }, t, day);
	const card = useRef<HTMLLIElement>(null);
	useEffect(() => {
		if (isActive) card.current?.scrollIntoView({ block: 'nearest' });
	}, [isActive, question]);
	return (
		<li
			ref={card}
			className={classes.card}
			data-active={isActive}
			aria-current={isActive}
			onFocus={isActive ? undefined : props.onActivate}
		>
			<div className={classes.cardHead}>
				<span className={classes.cardCount}>{group.quantity} ×</span>
				<div className={classes.lineText}>
					<Text size="lg" lineClamp={2}>
						{name}
					</Text>
					{known === '' ? null : <Text c="dimmed">{known}</Text>}
				</div>
				<ActionIcon
					size={44}
					variant="default"
					aria-label={t('counter.takeOff', { name })}
					onClick={() => props.onTakeOff()}
				>
					<span aria-hidden="true" className={classes.sign}>
						−
					</span>
				</ActionIcon>
			</div>
			{question === 'reason' ? (
				<Answers
					question={t('counter.reasonQuestion')}
					answers={returnReasons}
					label={(reason) => t(`reason.${reason}`)}
					withKeys={isActive}
					onAnswer={props.onReason}
				/>
			) : null}
			{question === 'grade' ? (
				<>
					<Text c="dimmed">{group.reason === null ? null : t(`reason.${group.reason}`)}</Text>
					<Answers
						question={t('counter.gradeQuestion')}
						answers={grades}
						label={(grade) => t(`grade.${grade}`)}
						withKeys={isActive}
						onAnswer={props.onGrade}
					/>
				</>
			) : null}
			{question === null && group.reason !== null && group.grade !== null && group.disposition !== null ? (
				<div className={classes.answered}>
					<Button
						variant="subtle"
						size="compact-md"
						aria-label={t('counter.answerAnew', { name })}
						onClick={props.onAnswerAnew}
					>
						{t(`reason.${group.reason}`)} · {t(`grade.${group.grade}`)}
					</Button>
					<Button
						variant="subtle"
						size="compact-md"
						aria-label={t('counter.changeDisposition', { name })}
						onClick={props.onChangeDisposition}
					>
						{t('counter.goesTo')}: {t(`disposition.${group.disposition}`)}
					</Button>
				</div>
			) : null}
		</li>
	);
}

function Answers<A extends string>(props: {
	readonly question: string;
	readonly answers: readonly A[];
	readonly label: (answer: A) => string;
	/** The digits are for this question now. */
	readonly withKeys: boolean;
	readonly onAnswer: (answer: A) => void;
}) {
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, and these are buttons
		<div role="group" aria-label={props.question}>
			<Text fw={650}>{props.question}</Text>
			<div className={classes.answers}>
				{props.answers.map((answer, at) => (
					<Button
						key={answer}
						variant="default"
						justify="space-between"
						rightSection={props.withKeys ? <Key name={String(at + 1)} /> : undefined}
						onClick={() => props.onAnswer(answer)}
					>
						{props.label(answer)}
					</Button>
				))}
			</div>
		</div>
	);
}
