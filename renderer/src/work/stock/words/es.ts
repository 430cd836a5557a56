import type { StockWords } from './en.ts';

const words: StockWords = {
	title: 'Existencias',
	list: 'Trabajo con las existencias',
	waiting_one: '{{count}} espera',
	waiting_other: '{{count}} esperan',
	place: {
		receive: { title: 'Recibir', detail: 'Entregas de proveedores y de otros centros, y lo que llega sin papeles' },
		transfer: { title: 'Trasladar', detail: 'Mercancía que piden otros centros, y la que pide este centro' },
		count: {
			title: 'Contar',
			detail: 'Lo que se pidió, un estante a su elección, o una segunda mirada a lo que difiere',
		},
		adjust: {
			title: 'Ajustar',
			detail: 'Dañado, caducado, encontrado, perdido: quitar o añadir unidades, con su motivo',
		},
		move: { title: 'Mover', detail: 'De una ubicación a otra' },
		bins: { title: 'Ubicaciones cerradas', detail: 'Qué ubicaciones están fuera de uso y por qué' },
		lookup: { title: 'Consultar', detail: 'Dónde está un producto, quién lo quiere y qué llegará' },
		rules: { title: 'Reglas', detail: 'Qué se retiene, y quién puede recoger o recibir envíos' },
		sell: { title: 'Vender', detail: 'Lo que un cliente se lleva' },
		reserve: { title: 'Guardar mercancía', detail: 'Para un cliente, hasta una hora' },
		kept: { title: 'Guardado para clientes', detail: 'Qué, para quién y hasta cuándo' },
		capture: { title: 'Tomar un pedido', detail: 'En el mostrador o por teléfono, para recoger o enviar' },
	},
};
export default words;
