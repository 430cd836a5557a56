import type { AdjustWords } from './en.ts';

const words: AdjustWords = {
	title: 'Ajustar',
	save: 'Ajustar las existencias',
	saved: '{{change}} × {{name}}',
	takeOff: 'Quitar, y por qué',
	add: 'Añadir, y por qué',
	clear: 'Empezar de nuevo',
	manager: 'Que entre un responsable',
	why: '¿Por qué?',
	noReason: '¿Por qué? F2 quita unidades, F4 añade.',
	reason: 'Por qué: {{reason}}',
	quantity: '¿Cuántas unidades?',
	units_one: '{{count}} unidad',
	units_other: '{{count}} unidades',
	lot: 'Lote',
	note: 'Nota, si hay algo que decir',
	serials: 'Números de serie: {{list}}',
	atBin: 'En {{bin}}',
	sayWhy: 'Diga por qué, y cuántas.',
	unknown: 'Producto desconocido',
	finishFirst: 'Primero termine «{{name}}»',
	finishFirstDetail: 'Enter lo ajusta, F6 empieza de nuevo. De este escaneo no se tomó nada.',
	serialTwice: 'Otra vez el número de serie {{serial}}. Cuenta una vez.',
	empty: 'Escanee lo que hay que ajustar',
	emptyHint: 'Primero la ubicación, si está en varias. Si solo parece mal el número, mejor cuéntelo.',
	judged: {
		more_than_books: {
			title: 'En los libros solo hay {{held}}',
			detail: 'No se ajustó nada. Cuente el producto: así los libros estarán bien, pasara lo que pasara.',
		},
		needs_manager: {
			title: 'Esto necesita un responsable',
			detail: 'Es más de lo que usted puede ajustar. F9: entra un responsable, y lo escrito se queda.',
		},
		closed_bin: {
			title: 'La ubicación {{bin}} está cerrada',
			detail: 'Allí no se añade nada. Escanee una abierta.',
		},
		lot_missing: {
			title: '¿Qué lote?',
			detail: 'Este producto se lleva por lotes. Escanee su código con el lote, o escríbalo.',
		},
		serials: {
			title: 'Números de serie escaneados: {{count}}',
			detail: 'Este producto se lleva por número de serie. Escanee cada unidad una vez.',
		},
	},
};

export default words;
