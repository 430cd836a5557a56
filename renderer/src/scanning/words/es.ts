import type { ScanningWords } from './en.ts';

export default {
	scanWithCamera: 'Escanear con la cámara',
	cameraTitle: 'Ponga el código delante de la cámara',
	cameraPicture: 'Lo que ve la cámara',
	closeCamera: 'Cerrar la cámara',
	startingCamera: 'Encendiendo la cámara …',
	lastScan: 'Último escaneo: {{text}}',
	tryAgain: 'Intentar de nuevo',
	failure: {
		no_camera_here: 'Esta ventana no puede usar una cámara. Use el escáner o escriba el número.',
		permission_denied: 'No se permitió usar la cámara. Permítala en los ajustes de este sitio e inténtelo de nuevo.',
		no_camera_found: 'No se encontró ninguna cámara. Conecte una e inténtelo de nuevo.',
		camera_in_use: 'Otro programa está usando la cámara. Ciérrelo e inténtelo de nuevo.',
		camera_lost: 'La cámara se desconectó. Conéctela e inténtelo de nuevo.',
	},
} satisfies ScanningWords;
