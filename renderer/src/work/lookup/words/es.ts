import type { LookupWords } from './en.ts';

const words: LookupWords = {
	title: 'Consultar',
	find: {
		label: 'Nombre, SKU o número de un producto',
		hint: 'O escanéelo. Basta una parte del nombre.',
		action: 'Buscar otro',
		list: 'Productos que coinciden',
		empty: 'Escanee un producto o escriba una parte de su nombre',
		emptyHint: 'Verá dónde está, cuántos hay, quién los espera y qué viene en camino.',
		none: 'Ningún producto coincide con «{{query}}»',
		noneHint: 'Revise la ortografía, escriba menos letras o escanee el código del propio producto.',
		onShelf_one: '{{count}} en el estante · {{bin}}',
		onShelf_other: '{{count}} en el estante · {{bin}}',
	},
	unknown: {
		title: 'Producto desconocido',
		code: 'El catálogo de este dispositivo no tiene ningún producto con {{code}}.',
		sku: 'El catálogo de este dispositivo no tiene {{sku}}.',
	},
	verdict: {
		none: 'Ninguno en el estante',
		some_one: '{{count}} en el estante',
		some_other: '{{count}} en el estante',
	},
	here: {
		title: 'En este sitio',
		noBin: 'Ubicación desconocida',
		certainty: 'Lo que figura aquí en los libros: {{how}}.',
		bins: 'Ubicaciones y lotes',
		inBin: '{{count}} en {{bin}}',
		lot: 'lote {{lot}}',
		goodUntil: 'válido hasta {{day}}',
	},
	tracking: { lot: 'por lote', serial: 'por número de serie' },
	place: {
		available: 'libres en el estante',
		allocated: 'apartados para pedidos',
		picked: 'recogidos para pedidos',
		staged_one: 'espera a su cliente',
		staged_other: 'esperan a sus clientes',
		quarantine: 'en cuarentena',
		damaged: 'dañados',
	},
	promise: {
		own_one: 'Este dispositivo puede prometer {{count}}, también sin red.',
		own_other: 'Este dispositivo puede prometer {{count}}, también sin red.',
		none: 'Sin red, este dispositivo no puede prometer ninguno.',
	},
	coming: {
		title: 'En camino',
		nothing: 'No viene nada en camino.',
		purchase_order_one: '{{count}} de {{from}}',
		purchase_order_other: '{{count}} de {{from}}',
		transfer_sent_one: '{{count}} en camino desde {{from}}',
		transfer_sent_other: '{{count}} en camino desde {{from}}',
		transfer_asked_one: '{{count}} pedido a {{from}}, aún sin enviar',
		transfer_asked_other: '{{count}} pedidos a {{from}}, aún sin enviar',
		on: 'se espera {{day}}',
	},
	wanted: {
		title: 'Pedidos abiertos que lo necesitan',
		nothing: 'Ningún pedido abierto de aquí lo necesita.',
		order_one: '{{count}} para {{number}}',
		order_other: '{{count}} para {{number}}',
		more_one: 'y {{count}} más',
		more_other: 'y {{count}} más',
	},
	act: { count: 'Contar', another: 'Consultar otro', reserve: 'Guardar para un cliente', sell: 'Vender' },
};

export default words;
