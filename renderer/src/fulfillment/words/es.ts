import type { FulfillmentWords } from './en.ts';

const words: FulfillmentWords = {
	said: {
		unknownProduct: 'Producto desconocido',
		unknownProductDetail: 'Ningún producto de aquí tiene el código {{code}}.',
		unknownCode: 'Código desconocido',
		unknownCodeDetail: '«{{code}}»: {{reason}}',
		customerPass: 'Un pase de cliente',
		customerPassDetail: 'La entrega se hace en la pantalla Recogida.',
		answerFirst: 'Responda primero a la pregunta',
		answerFirstDetail: 'El escaneo no se contó.',
		failed: 'El escaneo no se contó',
		failedDetail: 'Algo falló en este dispositivo. Escanéelo otra vez.',
	},
	change: {
		cancelled: 'Este pedido se acaba de cancelar',
		cancelledDetail: 'Alto. Devuelva a su sitio lo que tenga en la mano.',
		moved: 'Este pedido se acaba de retirar de este centro',
		movedDetail: 'Alto. Devuelva a su sitio lo que tenga en la mano.',
		lessWanted: 'Ahora hacen falta menos',
		lessWantedDetail: '{{name}}: hacen falta {{wanted}}.',
		otherPicker: '{{name}} también prepara este pedido',
		otherPickerDetail: 'Acuerden quién sigue, para que nada se tome dos veces.',
		putBack: 'Unidades por devolver a su sitio',
		putBackDetail: '{{quantity}} × {{name}}: hay más en la mano de lo que pide el pedido.',
	},
	unknownReason: {
		empty: 'el código está vacío. Escanéelo otra vez.',
		not_a_code: 'no es un código que Backstock conozca.',
		no_product: 'el código no nombra ningún producto.',
		broken_gs1: 'el código está incompleto. Escanéelo otra vez.',
		wrong_length: 'ningún código de producto tiene tantas cifras.',
		wrong_check_digit: 'el dígito de control no cuadra: mal leído o etiqueta dañada. Escanéelo otra vez.',
		wrong_number_system: 'las cifras no son un código de producto válido.',
		all_zeros: 'el código es todo ceros.',
	},
};

export default words;
