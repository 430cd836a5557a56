import type { AppWords } from './en.ts';

export default {
	opening: {
		journal: 'Abriendo el diario de este dispositivo …',
		replica: 'Abriendo los pedidos y las existencias de este sitio …',
	},
	problem: {
		title: 'Backstock no se pudo abrir',
		screenTitle: 'Esta pantalla no se pudo mostrar',
		workIsSafe: 'Todo lo guardado está en el diario de este dispositivo. No se ha perdido nada.',
		openAgain: 'Abrir de nuevo',
		tryAgain: 'Intentar de nuevo',
		exportJournal: 'Exportar el diario',
		exportFailed: 'El diario no se pudo exportar',
	},
	enroll: {
		again: {
			why: 'Hay que registrar de nuevo este dispositivo. Todo lo hecho en él está guardado aquí y se enviará después.',
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
		storage: 'no se puede guardar nada',
		waiting_one: '{{count}} en espera',
		waiting_other: '{{count}} en espera',
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
		sync: 'Sync',
	},
	universal: {
		label: 'Escanee o escriba cualquier cosa',
		placeholder: 'escanee o escriba',
		findings: 'Lo que puede significar',
		kind: { command: 'Ir a', order: 'Pedido', customer: 'Cliente', product: 'Producto' },
		nothingFound: 'Aquí nada se llama «{{text}}».',
		whatToType:
			'Se encuentran números de pedido, nombres y teléfonos de clientes, productos de trabajo abierto y pantallas.',
	},
	scan: {
		unknown_code: 'Código desconocido: «{{text}}». Escanéelo otra vez o escriba el número bajo las barras.',
		no_such_order: 'Este sitio no conoce ningún pedido con este código: «{{text}}».',
		no_such_pass: 'Ninguna recogida aquí tiene este pase: «{{text}}». Pida el número de pedido o el nombre.',
		no_work_for_product: 'Ningún pedido abierto aquí necesita este producto ({{text}}).',
		empty_shelf: 'Nada espera en este lugar: {{text}}.',
	},
	firstLoad: {
		site: 'Cargando los pedidos y las existencias de este sitio: {{done}} de {{all}}',
		shared: 'Cargando los productos: {{done}} de {{all}}',
	},
	notice: { close: 'Cerrar' },
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
