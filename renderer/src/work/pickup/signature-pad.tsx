import { Button, Group, Text } from '@mantine/core';
import { type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SignaturePicture } from '../../fulfillment/signature-picture.tsx';
import classes from './pickup.module.css';
import { pointInField, type Stroke, signatureField, signaturePath } from './signature-path.ts';

interface SignaturePadProps {
	/** What was signed, or null. */
	readonly signature: string | null;
	readonly onSign: (signature: string | null) => void;
}

/** Where the collector may sign, with a pen, a finger or a mouse. It can be left empty: no key ever stops here. */
export function SignaturePad({ signature, onSign }: SignaturePadProps) {
	const { t } = useTranslation('pickup');
	const strokes = useRef<readonly Stroke[]>([]);
	const [drawing, setDrawing] = useState<string | null>(null);
	if (signature === null && drawing === null) strokes.current = [];
	const pointsOf = (event: PointerEvent<HTMLElement>): Stroke => {
		const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
		const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
		return (moves.length === 0 ? [event.nativeEvent] : moves).map(({ clientX, clientY }) =>
			pointInField(
				((clientX - left) / width) * signatureField.width,
				((clientY - top) / height) * signatureField.height,
			),
		);
	};
	const begin = (event: PointerEvent<HTMLElement>) => {
		if (event.button !== 0) return;
		event.currentTarget.setPointerCapture(event.pointerId);
		strokes.current = [...strokes.current, pointsOf(event)];
		setDrawing(signaturePath(strokes.current));
	};
	const go = (event: PointerEvent<HTMLElement>) => {
		if (drawing === null) return;
		const before = strokes.current.slice(0, -1);
		strokes.current = [...before, [...(strokes.current.at(-1) ?? []), ...pointsOf(event)]];
		setDrawing(signaturePath(strokes.current));
	};
	const end = () => {
		if (drawing === null) return;
		onSign(signaturePath(strokes.current));
		setDrawing(null);
	};
	const shown = drawing ?? signature;
	return (
		<div>
			<Group justify="space-between" mih={44} maw={304}>
				<Text c="dimmed">{signature === null ? t('handover.sign') : t('handover.signed')}</Text>
				{signature === null ? null : (
					<Button variant="subtle" onClick={() => onSign(null)}>
						{t('handover.signAgain')}
					</Button>
				)}
			</Group>
			<div
				className={classes.signaturePad}
				onPointerDown={begin}
				onPointerMove={go}
				onPointerUp={end}
				onPointerCancel={end}
			>
				{shown === null ? null : <SignaturePicture path={shown} label={t('handover.signed')} />}
			</div>
		</div>
	);
}
