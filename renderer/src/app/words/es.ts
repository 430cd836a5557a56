import type { AppWords } from './en.ts';

export default {
	opening: {
		journal: 'Abriendo el diario de este dispositivo …',
		replica: 'Abriendo los pedidos y las existencias de este sitio …',
	},
	problem: {
		title: 'Backstock no se pudo abrir',
		screenTitle: 'Esta pantalla no se pudo mostrar',
		screenNotHere:
			'Todavía no está en este dispositivo y sin conexión no se puede traer. Inténtelo de nuevo cuando la haya; las demás pantallas siguen.',
		workIsSafe: 'Todo lo guardado está en el diario de este dispositivo. No se ha perdido nada.',
		openAgain: 'Abrir de nuevo',
		tryAgain: 'Intentar de nuevo',
		exportJournal: 'Exportar el diario',
		exportFailed: 'El diario no se pudo exportar',
	},
	enroll: {
		again: {
			why: {
				credential:
					'Hay que registrar de nuevo este dispositivo. Todo lo hecho en él está guardado aquí y se enviará después.',
				lane_frozen:
					'La central ha detenido este dispositivo: parece que su disco fue copiado. El trabajo guardado se conserva y se enviará al registrarlo de nuevo.',
			},
			explanation: {
				credential:
					'La central ya no conoce la clave de este dispositivo. El trabajo guardado se conserva aquí y se envía después de registrarlo.',
				lane_frozen:
					'Dos equipos han enviado cosas distintas con el nombre de este dispositivo, como ocurre al copiar un disco o recuperar una copia antigua. Al registrarlo, este equipo recibe un nombre propio. El trabajo guardado se conserva y se envía después; nada se envía dos veces.',
			},
			act: 'Registrarlo de nuevo',
		},
		title: 'Registrar este dispositivo',
		explanation: 'Una vez por dispositivo. Después pertenece a un sitio y funciona con o sin red.',
		code: 'Código de registro',
		codeHint: 'Lo da su responsable. Escríbalo o escanéelo.',
		deviceName: 'Nombre de este dispositivo',
		deviceNameHint: 'Para que los demás sepan cuál es, por ejemplo Mostrador 1.',
		act: 'Registrar',
		failure: {
			unreachable: {
				title: 'No se puede llegar al servidor',
				whatToDo: 'Registrar necesita la red, solo esta vez. Revise el cable o el wifi e inténtelo de nuevo.',
			},
			wrong_code: {
				title: 'Este código no se conoce',
				whatToDo: 'Revise cada carácter o pida un código nuevo a su responsable.',
			},
			code_used: {
				title: 'Este código ya se usó',
				whatToDo: 'Un código registra un dispositivo. Pida uno nuevo a su responsable.',
			},
			storage: {
				title: 'Este dispositivo no puede guardar nada',
				whatToDo:
					'El disco está lleno o el navegador no lo permite aquí (¿ventana privada?). Después, inténtelo de nuevo.',
			},
			refused: {
				title: 'El servidor lo rechazó',
				whatToDo: 'Revise el código y el nombre, o pregunte a su responsable.',
			},
		},
	},
	signIn: {
		title: 'Iniciar sesión',
		place: '{{site}} · {{device}}',
		who: '¿Quién es usted?',
		whoHint: 'Pulse su número, escriba su nombre o use las flechas y Enter.',
		nobody: 'Todavía nadie puede iniciar sesión aquí',
		nobodyHint: 'La central no tiene personal para este sitio. Aparecerá aquí en cuanto se añada.',
		noSuchName: 'Aquí nadie se llama «{{typed}}».',
		pin: 'PIN',
		act: 'Iniciar sesión',
		someoneElse: 'Otra persona',
		attemptsLeft_one: 'Queda {{count}} intento.',
		attemptsLeft_other: 'Quedan {{count}} intentos.',
		failure: {
			wrong_pin: { title: 'PIN incorrecto', whatToDo: 'Escríbalo otra vez.' },
			locked: {
				title: 'Bloqueado hasta las {{until}}',
				whatToDo: 'Hubo demasiados PIN incorrectos. Espere, o pida a un responsable que inicie sesión.',
			},
			never_signed_in_here: {
				title: 'Ahora no se puede preguntar a la central',
				whatToDo:
					'Usted no ha iniciado sesión antes en este dispositivo; sin red no se puede comprobar su PIN. Puede hacerlo quien ya lo haya hecho.',
			},
			grant_expired: {
				title: 'Su sesión aquí ha caducado',
				whatToDo: 'Sin red dura siete días. Inicie sesión una vez con red, o deje que lo haga otra persona.',
			},
			not_enrolled: {
				title: 'Este dispositivo no está registrado',
				whatToDo: 'Cargue la página de nuevo y regístrelo.',
			},
			unavailable: {
				title: 'El servidor no puede comprobar PIN ahora',
				whatToDo: 'Responde, pero no puede trabajar. Inténtelo en un minuto.',
			},
		},
	},
	role: { associate: 'Personal', manager: 'Responsable', order_desk: 'Atención de pedidos', operations: 'Operaciones' },
	status: {
		label: 'Conexión',
		starting: 'conectando …',
		online: 'en línea',
		slow: 'la central va lenta',
		cut_off: 'sin conexión desde las {{since}}',
		credential: 'hay que registrar de nuevo este dispositivo',
		lane_frozen: 'detenido por la central',
		outdated: 'esta app es demasiado antigua para novedades',
		storage: 'no se puede guardar nada',
		forSpan: '{{span}}',
		nothingWaits: 'Todo se ha enviado. Nada espera.',
		waiting_one: '{{count, number}} en espera',
		waiting_other: '{{count, number}} en espera',
	},
	rail: {
		label: 'Lugares',
		hint: 'Alt y número',
		today: 'Hoy',
		pick: 'Preparar',
		pack: 'Empacar',
		pickup: 'Recogida',
		return: 'Devolución',
		orders: 'Pedidos',
		stock: 'Existencias',
		sync: 'Sync',
	},
	command: {
		lookup: 'Consultar',
		sell: 'Vender',
		reserve: 'Guardar mercancía para un cliente',
		kept: 'Guardado para clientes',
		capture: 'Tomar un pedido',
	},
	universal: {
		label: 'Escanee o escriba cualquier cosa',
		placeholder: 'escanee o escriba',
		findings: 'Lo que puede significar',
		kind: {
			command: 'Ir a',
			order: 'Pedido',
			customer: 'Cliente',
			product: 'Producto',
			count: 'Contar',
			lookup: 'Consultar',
		},
		nothingFound: 'Aquí nada se llama «{{text}}».',
		whatToType:
			'Se encuentran números de pedido, nombres y teléfonos de clientes, productos de trabajo abierto y pantallas.',
	},
	scan: {
		unknown_code: 'Código desconocido: «{{text}}». Escanéelo otra vez o escriba el número bajo las barras.',
		no_such_order: 'Este sitio no conoce ningún pedido con este código: «{{text}}».',
		no_such_pass: 'Ninguna recogida aquí tiene este pase: «{{text}}». Pida el número de pedido o el nombre.',
		unknown_product: 'Aquí no se conoce ningún producto con este código: {{text}}.',
		empty_shelf: 'Nada espera en este lugar: {{text}}.',
	},
	firstLoad: {
		site: 'Cargando los pedidos y las existencias de este sitio: {{done}} de {{all}}',
		shared: 'Cargando los productos: {{done}} de {{all}}',
		replay: 'Enviando en su orden lo que se hizo entretanto: {{done}} de {{all}}. Se puede seguir trabajando.',
		ready: 'Listo para trabajar sin red: la app y los datos de este sitio están en este dispositivo.',
	},
	notice: { close: 'Cerrar' },
	standing: {
		more_one: '{{count}} aviso más',
		more_other: '{{count}} avisos más',
		storage:
			'Ahora no se puede guardar nada en este dispositivo. Lo guardado antes está a salvo; la causa está en Sync.',
		outdated:
			'Esta app es demasiado antigua para mostrar novedades. Lo que haga se sigue guardando y enviando. Actualícela en cuanto pueda.',
		clock_behind: 'El reloj de este dispositivo atrasa {{span}}; las horas que se muestran siguen al servidor.',
		clock_ahead: 'El reloj de este dispositivo adelanta {{span}}; las horas que se muestran siguen al servidor.',
		clock_jumped:
			'El reloj de este dispositivo se cambió en {{span}} con la app abierta. El orden del trabajo se conserva; las horas que se muestran siguen al servidor.',
		replica_lost:
			'La copia de los datos del sitio en este dispositivo ha desaparecido. Se está cargando de nuevo; el trabajo guardado no se toca.',
		replica_damaged:
			'La copia de los datos del sitio en este dispositivo estaba dañada. Se está cargando de nuevo; el trabajo guardado no se toca.',
		replica_differs:
			'La copia de los datos del sitio en este dispositivo no coincidía con la de la central. Se está cargando de nuevo; el trabajo guardado no se toca.',
		rebuilding: 'Los datos del sitio se están cargando de nuevo junto a lo que se ve. Puede seguir trabajando.',
		server_older:
			'El servidor es más antiguo que esta app. Lo que aún no conoce lo conserva, y se puede volver a intentar tras su actualización.',
		server_newer: 'El servidor es más nuevo que esta app. Todo funciona; actualice la app cuando haya tiempo.',
		recovered_tail_one:
			'Al abrir la app, el final de su diario estaba incompleto, como tras un corte de luz, y se reparó. Compruebe en Sync que su último trabajo está.',
		recovered_tail_other:
			'Al abrir la app, los finales de {{count}} archivos del diario estaban incompletos, como tras un corte de luz, y se repararon. Compruebe en Sync que su último trabajo está.',
		recovered_middle_one:
			'Al abrir la app, {{count}} lugar de su diario estaba dañado. Los bytes dañados se conservan; avise a operaciones. Los detalles, en Sync.',
		recovered_middle_other:
			'Al abrir la app, {{count}} lugares de su diario estaban dañados. Los bytes dañados se conservan; avise a operaciones. Los detalles, en Sync.',
	},
	update: { ready: 'Hay una versión nueva lista. Su trabajo está guardado.', apply: 'Usarla ahora' },
	who: { lock: 'Bloquear', checkedHere: 'PIN comprobado en este dispositivo' },
	preferences: {
		language: 'Idioma',
		colors: 'Colores',
		scheme: { auto: 'Como el sistema', light: 'Claro', dark: 'Oscuro' },
	},
	notFound: {
		title: 'Esa pantalla no existe',
		act: 'Ir a Hoy',
		whatToDo: 'La dirección es incorrecta o de otra versión.',
	},
} satisfies AppWords;
