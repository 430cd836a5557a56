import type { AttentionWords } from './en.ts';

export default {
	already_shipped: {
		why: 'La central lo rechazó: el paquete ya se había enviado.',
		whatToDo: 'No cambió nada. Reciba la mercancía como devolución cuando llegue.',
	},
	already_handed_over: {
		why: 'La central lo rechazó: la mercancía ya se había entregado.',
		whatToDo: 'No cambió nada. Recíbala como devolución si el cliente la trae.',
	},
	already_cancelled: { why: 'La central lo rechazó: ya estaba cancelado.', whatToDo: 'No hay nada que hacer.' },
	already_moved: {
		why: 'La central lo rechazó: había pasado a otro sitio.',
		whatToDo: 'Aquí no hay nada que hacer.',
	},
	count_closed: {
		why: 'La central lo rechazó: este recuento ya estaba contabilizado o cancelado.',
		whatToDo: 'No hay nada que hacer. Empiece otro recuento si la cantidad sigue en duda.',
	},
	count_not_submitted: {
		why: 'La central lo rechazó: este recuento aún no se ha entregado.',
		whatToDo: 'Espere a que todos lo entreguen, o entréguelo usted.',
	},
	unknown_codes_left: {
		why: 'La central lo rechazó: en la bandeja quedan códigos que nadie conoce.',
		whatToDo: 'Diga de cada uno qué es, o apártelo. Después contabilice el recuento.',
	},
	changed_meanwhile: {
		why: 'La central lo rechazó: entretanto alguien contó más, y usted no lo había visto.',
		whatToDo: 'Mire el recuento otra vez y contabilícelo.',
	},
	still_not_possible: {
		why: 'La central lo juzgó de nuevo y sigue sin poder aplicarse.',
		whatToDo: 'Pregunte a operaciones, o apártelo.',
	},
	already_started: {
		why: 'La central lo rechazó: el trabajo ya había empezado.',
		whatToDo: 'Termínelo, o cancélelo en su lugar.',
	},
	already_captured: {
		why: 'La central lo rechazó: este pedido ya se había tomado.',
		whatToDo: 'Busque el pedido; no hay nada que hacer.',
	},
	already_reserved: {
		why: 'La central lo rechazó: ya estaba reservado.',
		whatToDo: 'No hay nada que hacer.',
	},
	already_ended: {
		why: 'La central lo rechazó: la reserva ya había terminado.',
		whatToDo: 'No hay nada que hacer.',
	},
	not_enough_stock: {
		why: 'La central lo rechazó: quedan muy pocas unidades libres.',
		whatToDo: 'Avise al cliente o al otro sitio y busque el producto en otra parte.',
	},
	not_fulfilled_here: {
		why: 'La central lo rechazó: este sitio no prepara pedidos así.',
		whatToDo: 'Tome el pedido para otro sitio.',
	},
	unknown_product: {
		why: 'La central lo rechazó: no conoce uno de los productos o lo vende en otra moneda.',
		whatToDo: 'Escanee de nuevo el producto y, si sigue igual, avise a operaciones.',
	},
	not_readable: {
		why: 'La central lo rechazó: no pudo leerlo todo.',
		whatToDo: 'Escríbalo de nuevo, sin caracteres ni fechas inusuales.',
	},
	already_resolved: { why: 'Otra persona había cerrado esta excepción.', whatToDo: 'No hay nada que hacer.' },
	already_sent: {
		why: 'La central lo rechazó: la mercancía ya había salido.',
		whatToDo: 'No cambió nada. Recíbala y devuelva lo que no haga falta.',
	},
	same_site: {
		why: 'La central lo rechazó: un centro no puede pedirse mercancía a sí mismo.',
		whatToDo: 'Elija otro centro.',
	},
	unknown_site: {
		why: 'La central lo rechazó: no conoce ese centro, o no se le puede pedir nada.',
		whatToDo: 'Elija otro centro.',
	},
	not_found: {
		why: 'La central lo rechazó: (ya) no conoce este pedido aquí.',
		whatToDo: 'Busque el pedido; quizá pasó a otro sitio.',
	},
	role_not_allowed: {
		why: 'La central lo rechazó: hace falta un responsable.',
		whatToDo: 'Pídaselo a un responsable.',
	},
	grant_expired: {
		why: 'La central lo rechazó: la sesión había caducado.',
		whatToDo: 'Inicie sesión una vez con red y pídalo de nuevo.',
	},
	lost_record: {
		why: 'Este registro del diario estaba dañado y no se puede leer lo que decía.',
		whatToDo: 'Los bytes dañados se conservan junto al diario. Revise el trabajo de esa hora y avise a operaciones.',
	},
	quarantine: {
		unknown_type: {
			why: 'La central lo conservó, pero no conoce este tipo de trabajo.',
			whatToDo: 'No se ha perdido nada. Se puede juzgar de nuevo tras actualizar el servidor.',
		},
		newer_version: {
			why: 'La central lo conservó, pero esta app es más nueva que la central.',
			whatToDo: 'No se ha perdido nada. Se puede juzgar de nuevo tras actualizar el servidor.',
		},
		unreadable_frame: {
			why: 'La central lo conservó, pero no pudo leer su marco.',
			whatToDo: 'No se ha perdido nada. Avise a operaciones; lo ven como excepción.',
		},
		unreadable_payload: {
			why: 'La central lo conservó, pero no pudo leer su contenido.',
			whatToDo: 'No se ha perdido nada. Avise a operaciones; lo ven como excepción.',
		},
		hash_mismatch: {
			why: 'Se dañó o se cambió después de guardarse, y la central no lo aplicó.',
			whatToDo: 'Se conserva. Revise este trabajo y avise a operaciones.',
		},
		signature_mismatch: {
			why: 'No lleva la firma de este dispositivo, y la central no lo aplicó.',
			whatToDo: 'Se conserva. Avise a operaciones: alguien debe ver si lo escribió este dispositivo.',
		},
		other_site: {
			why: 'Trata de otro sitio, y la central no lo aplicó.',
			whatToDo: 'Se conserva. Avise a operaciones; lo ven como excepción.',
		},
		not_found: {
			why: 'Trata de algo que la central no tiene en este sitio.',
			whatToDo: 'Se conserva. Busque el pedido, o haga que se juzgue de nuevo cuando el pedido esté aquí.',
		},
		central_fault: {
			why: 'La central falló con ello y lo guardó.',
			whatToDo: 'No se perdió nada. Pida más tarde que se juzgue de nuevo o avise a operaciones.',
		},
		contradicts: {
			why: 'La central lo conservó, pero contradice lo que había pasado antes.',
			whatToDo: 'No se ha perdido nada. Un responsable revisa ambas partes.',
		},
		other: {
			why: 'La central lo conservó, pero no pudo aplicarlo.',
			whatToDo: 'No se ha perdido nada. Avise a operaciones; lo ven como excepción.',
		},
	},
	other: { why: 'La central no pudo aceptarlo así.', whatToDo: 'Avise a un responsable. Queda en este dispositivo.' },
	exception: {
		surplus_pick: { why: 'Se preparó más de lo necesario.', whatToDo: 'Devuelva el sobrante a su sitio.' },
		picked_after_cancel: {
			why: 'Se preparó después de que la central lo cancelara.',
			whatToDo: 'Devuelva las unidades a su sitio.',
		},
		fulfilled_after_cancel: {
			why: 'La mercancía salió después de que la central la cancelara.',
			whatToDo: 'Un responsable decide: cobrar o recuperar la mercancía.',
		},
		second_handover: {
			why: 'La misma recogida se entregó dos veces.',
			whatToDo: 'Se conservan ambas. Un responsable revisa quién recogió.',
		},
		fulfilled_more_than_held: {
			why: 'Salió más de lo que este pedido tenía.',
			whatToDo: 'Un responsable revisa qué había en el paquete o en la bolsa.',
		},
		returned_more_than_sold: {
			why: 'Volvió más de lo que se había vendido.',
			whatToDo: 'No hay segundo reembolso. Un responsable revisa ambas devoluciones.',
		},
		returned_twice: {
			why: 'La misma mercancía volvió dos veces.',
			whatToDo: 'No hay un segundo reembolso. Un responsable compara las pruebas de ambas.',
		},
		label_void_shipped: {
			why: 'Un paquete salió con la etiqueta de una dirección antigua.',
			whatToDo: 'Un responsable pide al transportista que lo desvíe.',
		},
		count_differs: {
			why: 'El recuento dio otra cantidad que los libros.',
			whatToDo: 'Un responsable busca la causa; los libros siguen al recuento.',
		},
		counted_late: {
			why: 'Alguien contó para un recuento que ya estaba cerrado.',
			whatToDo: 'No se contabilizó nada. Cuente este producto otra vez.',
		},
		closed_bin_used: {
			why: 'Hay mercancía anotada en una ubicación cerrada.',
			whatToDo: 'Mire allí: deje la mercancía en otra ubicación o haga abrir esa.',
		},
		adjusted_over_limit: {
			why: 'Se ajustó más de lo que su autor puede sin un responsable.',
			whatToDo: 'Está en los libros. Un responsable lo mira, o hace contar el producto.',
		},
		stock_below_zero: {
			why: 'Los libros tenían menos de este producto de lo que se movió.',
			whatToDo: 'Cuente este producto.',
		},
		duplicate_serial: {
			why: 'Entró un número de serie que ya estaba en los libros.',
			whatToDo: 'Compare las dos unidades: una de ellas lleva otro número.',
		},
		serial_not_here: {
			why: 'Se tomó del estante un número de serie que según los libros no está allí.',
			whatToDo: 'Compare la unidad con su número; cuente este artículo.',
		},
		expired_picked: {
			why: 'Se preparó algo caducado.',
			whatToDo: 'Retírelo antes de que salga y aparte el lote.',
		},
		operation_quarantined: { why: 'La central no pudo leerlo.', whatToDo: 'Avise a operaciones.' },
		units_short: {
			why: 'Faltan unidades prometidas.',
			whatToDo: 'La central las busca en otro lugar. Cuente este producto.',
		},
		not_enough_stock: {
			why: 'Ningún sitio tiene bastante.',
			whatToDo: 'Atención de pedidos avisa al cliente o espera existencias nuevas.',
		},
		moved_back: {
			why: 'El pedido había pasado a otro sitio y volvió porque aquí ya se había empezado.',
			whatToDo: 'Siga con él aquí.',
		},
		picked_after_move: {
			why: 'Se preparó después de que el pedido pasara a otro sitio.',
			whatToDo: 'Devuelva las unidades a su sitio.',
		},
		reserved_supply_missing: {
			why: 'No llegan productos que un cliente tiene reservados.',
			whatToDo: 'Avise al cliente o busque los productos en otro sitio.',
		},
		pickup_in_danger: {
			why: 'Una recogida puede no estar lista a tiempo: su sitio está cerrado o no da señales.',
			whatToDo: 'Llame al sitio. Avise al cliente o haga pasar el pedido a otro sitio.',
		},
		rights_written_off: {
			why: 'Un dispositivo perdido puede haber prometido productos que ahora están libres para todos.',
			whatToDo: 'Pregunte a quien trabajó con él por promesas que aquí no constan y aparte los productos.',
		},
		promised_more_than_held: {
			why: 'De este producto se ha prometido más de lo que este sitio tiene.',
			whatToDo:
				'Cuente este producto. La central busca unidades en otros sitios y pide a los dispositivos lo que no necesitan.',
		},
		fulfilled_after_move: {
			why: 'La mercancía salió después de que el pedido pasara a otro sitio.',
			whatToDo: 'Un responsable se asegura de que el cliente no la reciba dos veces.',
		},
		delivery_differs: {
			why: 'Una entrega no es lo que se pidió o se envió.',
			whatToDo: 'Un responsable lo arregla con la otra parte.',
		},
		received_after_close: {
			why: 'Llegó mercancía cuando su pedido o traslado ya había terminado.',
			whatToDo: 'Está en los libros. Un responsable avisa a la otra parte.',
		},
		expired_received: {
			why: 'Llegó mercancía ya caducada.',
			whatToDo: 'Está en cuarentena. Devuélvala o deséchela.',
		},
		unit_received_twice: {
			why: 'La misma unidad logística se recibió dos veces.',
			whatToDo: 'Cuenta una vez. Compruebe si dos unidades llevan la misma etiqueta.',
		},
		serial_received_twice: {
			why: 'El mismo número de serie se recibió dos veces.',
			whatToDo: 'Cuenta una vez. Compruebe las etiquetas de estas unidades.',
		},
		transfer_stopped: {
			why: 'El otro centro rechazó el traslado.',
			whatToDo: 'Pida a otro centro, o espere nuevas existencias.',
		},
		transfer_units_short: {
			why: 'No se pudieron enviar unidades de un traslado.',
			whatToDo: 'Pídalas a otro centro. El centro que envía cuenta este producto.',
		},
		transfer_put_back: {
			why: 'Hay mercancía en la mano para un traslado que ya nadie quiere.',
			whatToDo: 'Devuelva las unidades a su sitio.',
		},
		sent_after_stop: {
			why: 'Salió mercancía aunque su traslado estaba detenido.',
			whatToDo: 'Está en camino. Recíbala, o acuerde la devolución con el otro centro.',
		},
		sent_more_than_picked: {
			why: 'Se envió más de lo que se había preparado.',
			whatToDo: 'Solo cuenta lo preparado. Compruebe qué hay en las cajas.',
		},
	},
} satisfies AttentionWords;
