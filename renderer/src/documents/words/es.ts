import type { DocumentWords } from './en.ts';

const words: DocumentWords = {
	packingSlip: 'Albarán de entrega',
	pickupReceipt: 'Recibo de recogida',
	order: 'Pedido {{number}}',
	fulfillmentOrder: 'Parte {{number}}',
	package: 'Paquete {{place}}',
	shipTo: 'Enviar a',
	from: 'Remitente',
	packedAt: 'Embalado',
	collectedAt: 'Recogido',
	collectedBy: 'Recogido por',
	placedFor: 'Cliente',
	item: 'Artículo',
	ordered: 'Pedidas',
	inPackage: 'En este paquete',
	collected: 'Recogidas ahora',
	each: 'Precio',
	amount: 'Importe',
	total: 'Total',
	units: 'Unidades',
	weight: 'Peso',
	tracking: 'Número de seguimiento',
	notAvailable: 'No disponible: {{quantity}}',
	cancelled: 'Cancelado: {{quantity}}',
	elsewhere: 'En otro paquete o pendiente: {{quantity}}',
	toReturn: 'Para devolver algo, muestre el código de arriba en cualquiera de nuestras tiendas.',
	transfer: 'Traslado {{number}}',
	to: 'A',
	page: 'Página {{page}} de {{pages}}',
};

export default words;
