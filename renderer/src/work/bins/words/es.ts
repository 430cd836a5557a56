import type { BinsWords } from './en.ts';

const words: BinsWords = {
	title: 'Ubicaciones cerradas',
	list: 'Ubicaciones fuera de uso',
	closed_one: '{{count}} fuera de uso',
	closed_other: '{{count}} fuera de uso',
	open: 'Volver a usar {{bin}}',
	close: 'Cerrar una ubicación',
	needsManager: 'Un responsable u operaciones puede cerrar ubicaciones y volver a abrirlas.',
	emptyTitle: 'Todas las ubicaciones están en uso',
	emptyText: 'Escanee una ubicación para cerrarla: entonces no se recibe ni se mueve nada a ella, ni se cuenta allí.',
	recorded: 'Según los datos del centro',
	by: '{{name}}, {{time}}',
	openDialog: { title: '¿Volver a usar {{bin}}?', yes: 'Sí, vuelve a estar en uso', no: 'No, dejarla cerrada' },
	dialog: {
		title: 'Cerrar una ubicación',
		titleOf: 'Cerrar {{bin}}',
		text: 'Hasta que vuelva a usarse, no se recibe ni se mueve nada a ella, ni se cuenta allí. Se puede sacar mercancía.',
		bin: '¿Qué ubicación?',
		reason: '¿Por qué?',
		confirm: 'Cerrarla',
		leave: 'Dejarla en uso',
	},
	said: {
		closed: '{{bin}} está cerrada',
		closedDetail: 'Mueva a otra ubicación lo que hay en ella.',
		opened: '{{bin}} vuelve a estar en uso',
		openedDetail: 'Cuente lo que hay en ella.',
		isClosed: '{{bin}} está fuera de uso',
		isClosedDetail: 'Enter vuelve a ponerla en uso.',
		inUse: '{{bin}} está en uso',
	},
};

export default words;
