import type { RoutingRulesWords } from './en.ts';

const words: RoutingRulesWords = {
	cannot: {
		role: 'Solo operaciones puede ver y cambiar las reglas de reparto.',
		away: 'No se puede llegar a la central',
		refused: 'La central no aceptó a quien ha iniciado sesión aquí',
	},
	hint: {
		role: 'Por qué un pedido fue adonde fue, está en el pedido.',
		away: 'Solo la central reparte los pedidos, así que sus reglas están solo allí. Vuelva a preguntar cuando se pueda llegar a ella.',
		refused: 'Inicie sesión de nuevo mientras hay conexión.',
	},
	form: {
		orders: 'Qué pedidos (en blanco: todos)',
		placeHint: '1 a {{places}}',
		countriesHint: 'Adónde va la mercancía: dos letras, por ejemplo GB',
		valueFrom: 'Valor del pedido desde ({{currency}})',
		valueTo: 'Valor del pedido hasta ({{currency}})',
		productsHint: 'Con al menos un producto que encaje (en blanco: cualquiera):',
		noSplitBelow: 'Un solo paquete bajo ({{currency}})',
		worth: 'Cuánto más baratos cuentan ({{currency}})',
		worthHint: 'Por paquete; en blanco: no se prefiere ninguno',
		fallbacksHint:
			'Solo se pide a los centros de estos pasos. Un paso sin condición es cualquier centro. Sin pasos, se pide a todos los centros a la vez.',
		step: 'Paso {{step}}',
		addStep: 'Añadir un paso',
		stepUp: 'Subir el paso {{step}}',
		removeStep: 'Quitar el paso {{step}}',
	},
	way: {
		yes: 'sí',
		no: 'no',
		ship_rest: 'enviar lo que hay',
		hold: 'esperar hasta que haya bastante',
	},
	text: {
		everyOrder: 'todos los pedidos',
		countries: 'a {{names}}',
		with: 'con {{products}}',
		worthRange: 'por valor de {{from}} a {{to}}',
		worthFrom: 'por valor de {{from}} o más',
		worthTo: 'por valor de hasta {{to}}',
		prefer: 'mejor desde {{sites}} (cuenta {{worth}} más barato)',
		exclude: 'nunca desde {{sites}}',
		fallbacks: 'primero desde {{sites}}',
		thenFrom: ', luego desde ',
		together: 'todo desde un centro',
		apart: 'puede venir de varios centros',
		noSplitBelow: 'en un solo paquete por debajo de {{amount}}',
		unfillable: { ship_rest: 'envía lo que hay', hold: 'espera hasta que haya bastante' },
		zone: 'hasta {{km}} km: {{parcel}} + {{unit}} por unidad + {{kilogram}} por kg',
		lastZone: 'más allá: {{parcel}} + {{unit}} por unidad + {{kilogram}} por kg',
	},
};

export default words;
