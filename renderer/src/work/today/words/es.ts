import type { TodayWords } from './en.ts';

export default {
	title: 'Hoy',
	late: 'Con retraso',
	dueToday: 'Para hoy',
	mine: 'Míos',
	later: 'Otros días',
	start: {
		assigned: 'Preparar el pedido {{order}}',
		picking: 'Seguir con el pedido {{order}}',
		picked: {
			ship: 'Empacar el pedido {{order}}',
			pickup: 'Dejar el pedido {{order}} en su estante',
		},
		packed: 'Enviar el pedido {{order}}',
	},
	list: 'Trabajo por orden de promesa',
	units_one: '{{count}} unidad',
	units_other: '{{count}} unidades',
	by: 'con {{name}}',
	empty: 'Nada vence hoy',
	emptyHint: 'Los pedidos nuevos aparecen aquí solos.',
	emptyLater_one: '{{count}} pedido de otro día está en Preparar.',
	emptyLater_other: '{{count}} pedidos de otros días están en Preparar.',
	trouble_one: '{{count}} cosa fue de otra manera que la prevista y necesita a alguien.',
	trouble_other: '{{count}} cosas fueron de otra manera que la prevista y necesitan a alguien.',
	seeTrouble: 'Ver qué, y qué hacer',
	quickCounts_one: 'Medio minuto: cuente «{{name}}».',
	quickCounts_other: '{{count}} recuentos de medio minuto, primero «{{name}}».',
	countNow: 'Contarlo',
	lateMark: 'con retraso',
} satisfies TodayWords;
