import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Symbology } from '../../../shared/codes/index.ts';
import { type CameraFailure, startCamera } from './camera-scanner.ts';
import { openWorkerDecoder } from './worker-decoder.ts';

interface CameraViewProps {
	readonly close: () => void;
	readonly found: (text: string, symbology: Symbology) => void;
}

type ViewState =
	| { readonly kind: 'starting' }
	| { readonly kind: 'running' }
	| { readonly kind: 'failed'; readonly reason: CameraFailure };

/** The camera's picture in a dialog. It stays open for more scans until it is closed. */
export function CameraView({ close, found }: CameraViewProps) {
	const { t } = useTranslation('scanning');
	const [video, setVideo] = useState<HTMLVideoElement | null>(null);
	const [state, setState] = useState<ViewState>({ kind: 'starting' });
	const [attempt, setAttempt] = useState(0);
	const [lastText, setLastText] = useState<string>();
	const latestFound = useRef(found);
	latestFound.current = found;

	useEffect(() => {
		if (video === null) return;
		let isOpen = true;
		let stop = () => {};
		const decoder = openWorkerDecoder();
		setState({ kind: 'starting' });
		const report = (text: string, symbology: Symbology) => {
			setLastText(text);
			latestFound.current(text, symbology);
		};
		const lost = (reason: CameraFailure) => setState({ kind: 'failed', reason });
		void startCamera({ video, decoder, found: report, lost }).then((start) => {
			if (start.kind === 'failed') {
				if (isOpen) setState(start);
			} else if (isOpen) {
				stop = start.stop;
				setState({ kind: 'running' });
			} else start.stop();
		});
		return () => {
			isOpen = false;
			stop();
			decoder.close();
		};
	}, [video, attempt]);

	return (
		<Modal
			opened
			onClose={close}
			title={t('cameraTitle')}
			size="lg"
			closeButtonProps={{ 'aria-label': t('closeCamera') }}
		>
			<Stack>
				<video
					ref={setVideo}
					muted
					playsInline
					aria-label={t('cameraPicture')}
					style={{ width: '100%', borderRadius: 8 }}
				/>
				{state.kind === 'failed' ? (
					<Alert color="red" role="alert">
						<Stack align="flex-start">
							<Text>{t(`failure.${state.reason}`)}</Text>
							<Button onClick={() => setAttempt((count) => count + 1)}>{t('tryAgain')}</Button>
						</Stack>
					</Alert>
				) : (
					<Text role="status" size="lg">
						{state.kind === 'starting'
							? t('startingCamera')
							: lastText === undefined
								? ''
								: t('lastScan', { text: lastText })}
					</Text>
				)}
			</Stack>
		</Modal>
	);
}
