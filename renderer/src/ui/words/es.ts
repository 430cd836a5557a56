import type { UiWords } from './en.ts';

export default {
	actions: 'Acciones',
	back: 'Atrás',
	loading: 'Cargando',
	verdictHint: 'Aquí aparece la respuesta a cada escaneo.',
	quantity: {
		not_whole: 'Escriba un número entero.',
		too_small: 'Como mínimo {{minimum}}.',
		too_big: 'Como máximo {{maximum}}.',
	},
	time: {
		tomorrow: 'mañana {{time}}',
		yesterday: 'ayer {{time}}',
		within: 'en {{span}}',
		late: '{{span}} de retraso',
	},
	method: { ship: 'Envío', pickup: 'Recogida' },
	fulfillmentState: {
		assigned: 'por preparar',
		picking: 'en preparación',
		picked: 'preparado',
		packed: 'empaquetado',
		shipped: 'enviado',
		ready: 'listo en el estante',
		handed_over: 'entregado',
		declined: 'rechazado',
		moved: 'pasado a otro centro',
		cancelled: 'cancelado',
	},
} satisfies UiWords;
