const words = {
	opening: {
		journal: 'Opening this device’s journal …',
		replica: 'Opening the orders and the stock of this site …',
	},
	problem: {
		title: 'Backstock could not open',
		screenTitle: 'This screen could not be shown',
		screenNotHere:
			'It is not on this device yet, and there is no connection to fetch it. Try again when there is one; other screens go on.',
		workIsSafe: 'Everything that was saved is in this device’s journal. Nothing is lost.',
		openAgain: 'Open again',
		tryAgain: 'Try again',
		exportJournal: 'Export the journal',
		exportFailed: 'The journal could not be exported',
	},
	enroll: {
		again: {
			why: {
				credential:
					'This device must be enrolled again. Everything done on it is saved here and goes once that is done.',
				lane_frozen:
					'Central has stopped this device: its disk seems to have been copied. Saved work is kept and goes once it is enrolled again.',
			},
			explanation: {
				credential:
					'Central no longer knows this device’s key. Its saved work is kept here and is sent after enrolling.',
				lane_frozen:
					'Two machines have sent different work under this device’s name, as happens when a disk is copied or an old copy is put back. Enrolling gives this machine a name of its own. Its saved work is kept and is sent after enrolling; nothing is sent twice.',
			},
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
		outdated: 'this app is too old for news',
		storage: 'nothing can be saved',
		forSpan: '{{span}}',
		nothingWaits: 'Everything has been sent. Nothing waits.',
		waiting_one: '{{count, number}} waiting',
		waiting_other: '{{count, number}} waiting',
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
		stock: 'Stock',
		sync: 'Sync',
	},
	command: {
		lookup: 'Look up',
		sell: 'Sell',
		reserve: 'Keep goods for a customer',
		kept: 'Kept for customers',
		capture: 'Take an order',
	},
	universal: {
		label: 'Scan or type anything',
		placeholder: 'scan or type anything',
		findings: 'What this may mean',
		kind: {
			command: 'Go to',
			order: 'Order',
			customer: 'Customer',
			product: 'Product',
			count: 'Count',
			lookup: 'Look up',
		},
		nothingFound: 'Nothing here is called “{{text}}”.',
		whatToType: 'Order numbers, customers’ names and phones, products of open work, and screens can be found.',
	},
	scan: {
		unknown_code: 'No known code: “{{text}}”. Scan it again, or type the number below the bars.',
		no_such_order: 'No order with this code is known at this site: “{{text}}”.',
		no_such_pass: 'No pickup here has this pass: “{{text}}”. Ask for the order number or the name.',
		unknown_product: 'No product with this code is known here: {{text}}.',
		empty_shelf: 'Nothing waits at this place: {{text}}.',
	},
	firstLoad: {
		site: 'Loading this site’s orders and stock: {{done}} of {{all}}',
		shared: 'Loading the products: {{done}} of {{all}}',
		replay: 'Sending what was done meanwhile, in its order: {{done}} of {{all}}. Work can go on.',
		ready: 'Ready to work without a network: the app and this site’s data are on this device.',
	},
	notice: { close: 'Close' },
	standing: {
		more_one: '{{count}} more',
		more_other: '{{count}} more',
		storage: 'Nothing can be saved on this device now. What was saved before is safe; the cause is told under Sync.',
		outdated:
			'This app is too old to be shown anything new. What you do is still saved and sent. Update it as soon as you can.',
		clock_behind: 'This device’s clock is {{span}} behind; times shown here follow the server.',
		clock_ahead: 'This device’s clock is {{span}} ahead; times shown here follow the server.',
		clock_jumped:
			'This device’s clock was moved by {{span}} while the app was open. The order of your work is kept; times shown here follow the server.',
		replica_lost:
			'This device’s copy of the site’s data is gone. It is being loaded again; your saved work is not touched.',
		replica_damaged:
			'This device’s copy of the site’s data was damaged. It is being loaded again; your saved work is not touched.',
		replica_differs:
			'This device’s copy of the site’s data did not match central’s. It is being loaded again; your saved work is not touched.',
		rebuilding: 'The site’s data is being loaded anew beside what you see. You can go on working.',
		server_older:
			'The server is older than this app. What it does not know yet is kept there, and can be tried again after its update.',
		server_newer: 'The server is newer than this app. Everything works; update the app when there is time.',
		recovered_tail_one:
			'When the app was opened, the end of its journal was incomplete, as after a power cut, and was mended. See under Sync whether your last piece of work is there.',
		recovered_tail_other:
			'When the app was opened, the ends of {{count}} journal files were incomplete, as after a power cut, and were mended. See under Sync whether your last piece of work is there.',
		recovered_middle_one:
			'When the app was opened, {{count}} place in its journal was damaged. The damaged bytes are kept; tell operations. Details are under Sync.',
		recovered_middle_other:
			'When the app was opened, {{count}} places in its journal were damaged. The damaged bytes are kept; tell operations. Details are under Sync.',
	},
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
