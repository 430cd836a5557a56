import type { CountWords } from './en.ts';

const words: CountWords = {
	title: 'Contar',
	what: 'Cuente «{{name}}» en {{bin}}',
	whatNoBin: 'Cuente «{{name}}» donde esté',
	quantity: 'Unidades en el estante',
	hint: 'También las apartadas para pedidos, pero no lo ya preparado. Escriba 0 si no hay ninguna.',
	record: 'Registrar el recuento',
	right: 'Producto correcto',
	rightDetail: 'Escriba cuántas hay en el estante.',
	again: 'Cuente otra vez',
	againDetail: 'Los libros tienen otro número. Escriba lo que cuente ahora: el mismo número otra vez lo registra.',
	done: {
		same: 'Tantas como en los libros',
		found_one: '{{count}} más que en los libros',
		found_other: '{{count}} más que en los libros',
		missing_one: 'Falta {{count}}',
		missing_other: 'Faltan {{count}}',
		detail: '{{counted}} contadas, {{expected}} en los libros. Guardado aquí.',
	},
	unknown: { title: 'Producto desconocido', detail: 'El catálogo de este dispositivo no tiene {{sku}}.' },
};

export default words;
