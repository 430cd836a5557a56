import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Symbology } from '../../../shared/codes/index.ts';
import { CameraView } from './camera-view.tsx';

/** Opens the camera; `found` is usually the hub's submitCamera. */
export function CameraButton({ found }: { readonly found: (text: string, symbology: Symbology) => void }) {
	const { t } = useTranslation('scanning');
	const [isOpen, setIsOpen] = useState(false);
	return (
		<>
			<ActionIcon
				variant="subtle"
				size="xl"
				aria-label={t('scanWithCamera')}
				title={t('scanWithCamera')}
				onClick={() => setIsOpen(true)}
			>
				<svg
					viewBox="0 0 24 24"
					width="24"
					height="24"
					fill="none"
					stroke="currentColor"
					strokeWidth="2"
					aria-hidden="true"
				>
					<path d="M3 8V5a2 2 0 0 1 2-2h3M16 3h3a2 2 0 0 1 2 2v3M21 16v3a2 2 0 0 1-2 2h-3M8 21H5a2 2 0 0 1-2-2v-3" />
					<path d="M7 8v8M10.5 8v8M14 8v8M17 8v8" />
				</svg>
			</ActionIcon>
			{isOpen && <CameraView close={() => setIsOpen(false)} found={found} />}
		</>
	);
}
