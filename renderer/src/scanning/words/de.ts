import type { ScanningWords } from './en.ts';

export default {
	scanWithCamera: 'Mit der Kamera scannen',
	cameraTitle: 'Den Code vor die Kamera halten',
	cameraPicture: 'Was die Kamera sieht',
	closeCamera: 'Kamera schließen',
	startingCamera: 'Kamera startet …',
	lastScan: 'Letzter Scan: {{text}}',
	tryAgain: 'Noch einmal',
	failure: {
		no_camera_here: 'Dieses Fenster kann keine Kamera benutzen. Bitte den Scanner nehmen oder die Nummer eintippen.',
		permission_denied:
			'Die Kamera wurde nicht erlaubt. Bitte in den Einstellungen dieser Seite erlauben, dann noch einmal.',
		no_camera_found: 'Keine Kamera gefunden. Bitte eine anschließen, dann noch einmal.',
		camera_in_use: 'Ein anderes Programm benutzt die Kamera. Bitte dort schließen, dann noch einmal.',
		camera_lost: 'Die Kamera ist nicht mehr da. Bitte wieder anschließen, dann noch einmal.',
	},
} satisfies ScanningWords;
