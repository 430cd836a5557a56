const words = {
	opening: {
		journal: 'Opening this device’s journal …',
		replica: 'Opening the orders and the stock of this site …',
	},
	problem: {
		title: 'Backstock could not open',
		screenTitle: 'This screen could not be shown',
		workIsSafe: 'Everything that was saved is in this device’s journal. Nothing is lost.',
		openAgain: 'Open again',
		tryAgain: 'Try again',
		exportJournal: 'Export the journal',
		exportFailed: 'The journal could not be exported',
	},
	enroll: {
		again: {
			why: 'This device must be enrolled again. Everything done on it is saved here and goes once that is done.',
			act: 'Enroll it again',
		},
		title: 'Enroll this device',
		explanation: 'Once for each device. It then belongs to one site, and works with or without a network.',
		code: 'Enrollment code',
		codeHint: 'From your manager. Type it or scan it.',
		deviceName: 'Name of this device',
		deviceNameHint: 'So that others know which one it is, for instance Counter 1.',
		act: 'Enroll',
		failure: {
			unreachable: {
				title: 'The server can’t be reached',
				whatToDo: 'Enrolling needs the network, this one time. Check the cable or the Wi-Fi, then try again.',
			},
			wrong_code: {
				title: 'This code is not known',
				whatToDo: 'Check each character, or ask your manager for a new code.',
			},
			code_used: {
				title: 'This code has been used',
				whatToDo: 'A code enrolls one device. Ask your manager for a new one.',
			},
			storage: {
				title: 'This device can’t store anything',
				whatToDo: 'Its disk is full, or the browser does not allow storage here (private window?). Then try again.',
			},
			refused: { title: 'The server refused', whatToDo: 'Check the code and the name, or ask your manager.' },
		},
	},
	signIn: {
		title: 'Sign in',
		place: '{{site}} · {{device}}',
		who: 'Who are you?',
		whoHint: 'Press your number, type your name, or use the arrow keys and Enter.',
		nobody: 'Nobody can sign in here yet',
		nobodyHint: 'Central has no associates for this site. They appear here as soon as they are added.',
		noSuchName: 'Nobody here is called “{{typed}}”.',
		pin: 'PIN',
		act: 'Sign in',
		someoneElse: 'Someone else',
		attemptsLeft_one: '{{count}} attempt is left.',
		attemptsLeft_other: '{{count}} attempts are left.',
		failure: {
			wrong_pin: { title: 'Wrong PIN', whatToDo: 'Type it once more.' },
			locked: {
				title: 'Locked until {{until}}',
				whatToDo: 'There were too many wrong PINs. Wait, or ask a manager to sign in.',
			},
			never_signed_in_here: {
				title: 'Central can’t be asked now',
				whatToDo:
					'You have not signed in on this device before, so your PIN can’t be checked without the network. A colleague who has can sign in.',
			},
			grant_expired: {
				title: 'Your sign-in here has expired',
				whatToDo: 'Without the network it lasts seven days. Sign in once with the network, or let a colleague sign in.',
			},
			not_enrolled: { title: 'This device is not enrolled', whatToDo: 'Load the page again and enroll it.' },
			unavailable: {
				title: 'The server can’t check PINs now',
				whatToDo: 'It answers, but can’t work. Try again in a minute.',
			},
		},
	},
	role: { associate: 'Associate', manager: 'Manager', order_desk: 'Order desk', operations: 'Operations' },
	status: {
		label: 'Connection',
		starting: 'connecting …',
		online: 'online',
		slow: 'central is slow',
		cut_off: 'cut off since {{since}}',
		credential: 'this device must be enrolled again',
		lane_frozen: 'stopped by central',
		storage: 'nothing can be saved',
		waiting_one: '{{count}} waiting',
		waiting_other: '{{count}} waiting',
	},
	rail: {
		label: 'Places',
		hint: 'Alt and number',
		today: 'Today',
		pick: 'Pick',
		pack: 'Pack',
		pickup: 'Pickup',
		return: 'Return',
		orders: 'Orders',
		sync: 'Sync',
	},
	universal: {
		label: 'Scan or type anything',
		placeholder: 'scan or type anything',
		findings: 'What this may mean',
		kind: { command: 'Go to', order: 'Order', customer: 'Customer', product: 'Product' },
		nothingFound: 'Nothing here is called “{{text}}”.',
		whatToType: 'Order numbers, customers’ names and phones, products of open work, and screens can be found.',
	},
	scan: {
		unknown_code: 'No known code: “{{text}}”. Scan it again, or type the number below the bars.',
		no_such_order: 'No order with this code is known at this site: “{{text}}”.',
		no_such_pass: 'No pickup here has this pass: “{{text}}”. Ask for the order number or the name.',
		no_work_for_product: 'No open order here needs this product ({{text}}).',
		empty_shelf: 'Nothing waits at this place: {{text}}.',
	},
	firstLoad: {
		site: 'Loading this site’s orders and stock: {{done}} of {{all}}',
		shared: 'Loading the products: {{done}} of {{all}}',
	},
	notice: { close: 'Close' },
	update: { ready: 'A new version is ready. Your work is saved.', apply: 'Use it now' },
	who: { lock: 'Lock', checkedHere: 'PIN checked on this device' },
	preferences: {
		language: 'Language',
		colors: 'Colors',
		scheme: { auto: 'Like the system', light: 'Light', dark: 'Dark' },
	},
	notFound: {
		title: 'There is no such screen',
		act: 'Go to Today',
		whatToDo: 'The address is wrong, or from another version.',
	},
};

export type AppWords = typeof words;
export default words;
