import type { MoveWords } from './en.ts';

const words: MoveWords = {
	title: 'Mover',
	from: 'De {{bin}}',
	fromDetail: 'Escanee lo que saca de ahí.',
	taken: '{{count}} × {{name}} en la mano',
	takenDetail: 'Escanee más, escriba cuántas, o escanee la ubicación adonde va.',
	putDown_one: '{{count}} unidad está en {{bin}}',
	putDown_other: '{{count}} unidades están en {{bin}}',
	putDownDetail: 'Guardado aquí.',
	setUnits: 'Tantas',
	quantity: '¿Cuántas unidades de «{{name}}» toma?',
	namedDetail: 'Escanee cada unidad al tomarla o escriba cuántas son.',
	namedHint: 'Cuántas se toman; o escanéelas una a una',
	quantityHint: 'Solo si no escanea cada unidad.',
	otherBin: 'Tomar también de otra ubicación',
	backLast: 'Devolver lo último',
	hand: 'En la mano',
	empty: 'Escanee la ubicación de la que toma',
	emptyHint: 'Después los productos, y después la ubicación adonde van.',
	judged: {
		same_bin: { title: 'De {{bin}} acaba de salir', detail: 'Escanee otra ubicación, o F4 devuelve lo último.' },
		closed_bin: {
			title: 'La ubicación {{bin}} está cerrada',
			detail: 'No se movió nada. Escanee una abierta.',
		},
		more_than_books: {
			title: 'En los libros solo hay {{held}} en {{bin}}',
			detail: 'Esa unidad no se tomó. Cuente antes la ubicación.',
		},
		no_bin: {
			title: '¿De qué ubicación?',
			detail: 'Los libros no conocen ninguna para este producto. Escanéela primero.',
		},
		lot_missing: {
			title: '¿Qué lote?',
			detail: 'Este producto se lleva por lotes. Escanee el código que lo nombra.',
		},
		serial_missing: {
			title: '¿Cuál?',
			detail: 'Este producto se lleva por número de serie. Escanee cada unidad.',
		},
		serial_twice: { title: 'Otra vez el número de serie {{serial}}', detail: 'Ya está en la mano.' },
		unknown: {
			title: 'Producto desconocido',
			detail: 'El catálogo de este dispositivo no lo tiene. No se tomó nada.',
		},
	},
};

export default words;
