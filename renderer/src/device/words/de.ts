import type en from './en.ts';

export default {
	notSavedTitle: 'Nicht gesichert. Nichts wurde aufgezeichnet.',
	notSaved: {
		not_signed_in: 'Niemand ist angemeldet. Melden Sie sich an und wiederholen Sie es.',
		not_enough_rights:
			'Dieses Gerät darf so viele Stück nicht mehr selbst versprechen. Die Mengen noch einmal ansehen.',
		not_enrolled: 'Dieses Gerät ist nicht registriert. Registrieren Sie es mit einem Code und wiederholen Sie es.',
		storage_full: 'Der Speicher dieses Geräts ist voll. Schaffen Sie Platz und wiederholen Sie es.',
		storage_unavailable:
			'Dieser Browser gibt keinen Speicher, wie in einem privaten Fenster. Öffnen Sie Backstock in einem normalen Fenster und wiederholen Sie es.',
		storage_failed:
			'Der Speicher dieses Geräts hat es nicht angenommen. Wiederholen Sie es; misslingt es erneut, öffnen Sie Backstock neu.',
	},
} satisfies typeof en;
