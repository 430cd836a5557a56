import type en from './en.ts';

export default {
	notSavedTitle: 'No guardado. No se ha registrado nada.',
	notSaved: {
		not_signed_in: 'Nadie ha iniciado sesión. Inicie sesión y repítalo.',
		not_enough_rights:
			'A este dispositivo no le quedan tantas unidades que pueda prometer por sí mismo. Revise las cantidades.',
		not_enrolled: 'Este dispositivo no está registrado. Regístrelo con un código y repítalo.',
		storage_full: 'El almacenamiento de este dispositivo está lleno. Libere espacio y repítalo.',
		storage_unavailable:
			'Este navegador no ofrece almacenamiento, como en una ventana privada. Abra Backstock en una ventana normal y repítalo.',
		storage_failed:
			'El almacenamiento de este dispositivo no lo aceptó. Repítalo; si vuelve a fallar, abra Backstock de nuevo.',
	},
} satisfies typeof en;
