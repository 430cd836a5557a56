import type { AppWords } from './en.ts';

export default {
	opening: {
		journal: 'Das Journal dieses Geräts wird geöffnet …',
		replica: 'Aufträge und Bestand dieses Standorts werden geöffnet …',
	},
	problem: {
		title: 'Backstock konnte nicht geöffnet werden',
		screenTitle: 'Diese Ansicht konnte nicht gezeigt werden',
		screenNotHere:
			'Sie ist noch nicht auf diesem Gerät, und ohne Verbindung lässt sie sich nicht holen. Versuchen Sie es wieder, sobald es eine gibt; andere Ansichten gehen weiter.',
		workIsSafe: 'Alles Gespeicherte steht im Journal dieses Geräts. Nichts ist verloren.',
		openAgain: 'Neu öffnen',
		tryAgain: 'Noch einmal',
		exportJournal: 'Journal exportieren',
		exportFailed: 'Das Journal konnte nicht exportiert werden',
	},
	enroll: {
		again: {
			why: {
				credential:
					'Dieses Gerät muss neu angemeldet werden. Alles, was hier getan wurde, ist gespeichert und wird danach gesendet.',
				lane_frozen:
					'Die Zentrale hat dieses Gerät angehalten: Seine Festplatte wurde wohl kopiert. Gespeicherte Arbeit bleibt und wird nach dem Anmelden gesendet.',
			},
			explanation: {
				credential:
					'Die Zentrale kennt den Schlüssel dieses Geräts nicht mehr. Die gespeicherte Arbeit bleibt hier und wird nach dem Anmelden gesendet.',
				lane_frozen:
					'Zwei Rechner haben unter dem Namen dieses Geräts Verschiedenes gesendet, wie es geschieht, wenn eine Festplatte kopiert oder ein alter Stand zurückgespielt wird. Das Anmelden gibt diesem Rechner einen eigenen Namen. Die gespeicherte Arbeit bleibt und wird danach gesendet; nichts geht doppelt.',
			},
			act: 'Neu anmelden',
		},
		title: 'Dieses Gerät anmelden',
		explanation: 'Einmal je Gerät. Es gehört dann zu einem Standort und arbeitet mit und ohne Netz.',
		code: 'Anmeldecode',
		codeHint: 'Von der Leitung. Eintippen oder scannen.',
		deviceName: 'Name dieses Geräts',
		deviceNameHint: 'Damit andere wissen, welches es ist, zum Beispiel Theke 1.',
		act: 'Anmelden',
		failure: {
			unreachable: {
				title: 'Der Server ist nicht zu erreichen',
				whatToDo: 'Dieses eine Mal braucht es das Netz. Kabel oder WLAN prüfen, dann noch einmal.',
			},
			wrong_code: {
				title: 'Diesen Code gibt es nicht',
				whatToDo: 'Jedes Zeichen prüfen oder die Leitung um einen neuen Code bitten.',
			},
			code_used: {
				title: 'Dieser Code wurde schon benutzt',
				whatToDo: 'Ein Code gilt für ein Gerät. Bitte die Leitung um einen neuen bitten.',
			},
			storage: {
				title: 'Dieses Gerät kann nichts speichern',
				whatToDo:
					'Die Platte ist voll, oder der Browser erlaubt hier keinen Speicher (privates Fenster?). Danach noch einmal.',
			},
			refused: { title: 'Der Server hat abgelehnt', whatToDo: 'Code und Namen prüfen oder die Leitung fragen.' },
		},
	},
	signIn: {
		title: 'Einloggen',
		place: '{{site}} · {{device}}',
		who: 'Wer arbeitet hier?',
		whoHint: 'Die eigene Nummer drücken, den Namen tippen oder mit Pfeiltasten und Enter wählen.',
		nobody: 'Hier kann sich noch niemand einloggen',
		nobodyHint:
			'Die Zentrale kennt für diesen Standort noch niemanden. Sobald jemand angelegt ist, steht der Name hier.',
		noSuchName: 'Hier heißt niemand „{{typed}}“.',
		pin: 'PIN',
		act: 'Einloggen',
		someoneElse: 'Jemand anderes',
		attemptsLeft_one: 'Noch {{count}} Versuch.',
		attemptsLeft_other: 'Noch {{count}} Versuche.',
		failure: {
			wrong_pin: { title: 'Falsche PIN', whatToDo: 'Bitte noch einmal eingeben.' },
			locked: {
				title: 'Gesperrt bis {{until}}',
				whatToDo: 'Zu viele falsche PINs. Bitte warten, oder die Leitung loggt sich ein.',
			},
			never_signed_in_here: {
				title: 'Die Zentrale ist nicht zu fragen',
				whatToDo:
					'Auf diesem Gerät gab es noch kein Einloggen mit diesem Namen; ohne Netz lässt sich die PIN nicht prüfen. Wer schon eingeloggt war, kann es.',
			},
			grant_expired: {
				title: 'Das Einloggen hier ist abgelaufen',
				whatToDo: 'Ohne Netz gilt es sieben Tage. Einmal mit Netz einloggen, oder jemand anderes loggt sich ein.',
			},
			not_enrolled: {
				title: 'Dieses Gerät ist nicht angemeldet',
				whatToDo: 'Die Seite neu laden und das Gerät anmelden.',
			},
			unavailable: {
				title: 'Der Server kann gerade keine PIN prüfen',
				whatToDo: 'Er antwortet, kann aber nicht arbeiten. In einer Minute noch einmal.',
			},
		},
	},
	role: { associate: 'Mitarbeit', manager: 'Leitung', order_desk: 'Auftragsannahme', operations: 'Betrieb' },
	status: {
		label: 'Verbindung',
		starting: 'verbindet …',
		online: 'online',
		slow: 'Zentrale ist langsam',
		cut_off: 'getrennt seit {{since}}',
		credential: 'dieses Gerät muss neu angemeldet werden',
		lane_frozen: 'von der Zentrale angehalten',
		outdated: 'diese App ist zu alt für Neues',
		storage: 'nichts kann gespeichert werden',
		forSpan: '{{span}}',
		nothingWaits: 'Alles ist gesendet. Nichts wartet.',
		waiting_one: '{{count, number}} wartet',
		waiting_other: '{{count, number}} warten',
	},
	rail: {
		label: 'Orte',
		hint: 'Alt und Ziffer',
		today: 'Heute',
		pick: 'Picken',
		pack: 'Packen',
		pickup: 'Abholung',
		return: 'Rückgabe',
		orders: 'Aufträge',
		stock: 'Bestand',
		sync: 'Sync',
	},
	command: {
		lookup: 'Nachsehen',
		sell: 'Verkaufen',
		reserve: 'Ware für einen Kunden zurücklegen',
		kept: 'Für Kunden zurückgelegt',
		capture: 'Auftrag aufnehmen',
	},
	universal: {
		label: 'Scannen oder irgendetwas eintippen',
		placeholder: 'scannen oder eintippen',
		findings: 'Was gemeint sein kann',
		kind: {
			command: 'Gehe zu',
			order: 'Auftrag',
			customer: 'Kunde',
			product: 'Artikel',
			count: 'Zählen',
			lookup: 'Nachsehen',
		},
		nothingFound: 'Hier heißt nichts „{{text}}“.',
		whatToType:
			'Zu finden sind Auftragsnummern, Namen und Telefonnummern von Kunden, Artikel offener Arbeit und Ansichten.',
	},
	scan: {
		unknown_code: 'Kein bekannter Code: „{{text}}“. Noch einmal scannen oder die Nummer unter den Strichen eintippen.',
		no_such_order: 'Zu diesem Code kennt dieser Standort keinen Auftrag: „{{text}}“.',
		no_such_pass: 'Keine Abholung hier hat diesen Pass: „{{text}}“. Nach Auftragsnummer oder Namen fragen.',
		unknown_product: 'Kein Artikel mit diesem Code ist hier bekannt: {{text}}.',
		empty_shelf: 'An diesem Platz wartet nichts: {{text}}.',
	},
	firstLoad: {
		site: 'Aufträge und Bestand dieses Standorts werden geladen: {{done}} von {{all}}',
		shared: 'Artikel werden geladen: {{done}} von {{all}}',
		replay:
			'Gesendet wird, was inzwischen getan wurde, der Reihe nach: {{done}} von {{all}}. Die Arbeit kann weitergehen.',
		ready: 'Bereit für die Arbeit ohne Netz: Die App und die Daten dieses Standorts sind auf diesem Gerät.',
	},
	notice: { close: 'Schließen' },
	standing: {
		more_one: '{{count}} weiterer Hinweis',
		more_other: '{{count}} weitere Hinweise',
		storage:
			'Auf diesem Gerät kann jetzt nichts gespeichert werden. Früher Gespeichertes ist sicher; die Ursache steht unter Sync.',
		outdated:
			'Diese App ist zu alt, um Neues zu zeigen. Was Sie tun, wird weiter gespeichert und gesendet. Bitte bald aktualisieren.',
		clock_behind: 'Die Uhr dieses Geräts geht {{span}} nach; die Zeiten hier folgen dem Server.',
		clock_ahead: 'Die Uhr dieses Geräts geht {{span}} vor; die Zeiten hier folgen dem Server.',
		clock_jumped:
			'Die Uhr dieses Geräts wurde bei offener App um {{span}} verstellt. Die Reihenfolge der Arbeit bleibt; die Zeiten hier folgen dem Server.',
		replica_lost:
			'Die Kopie der Standortdaten auf diesem Gerät ist weg. Sie wird neu geladen; die gespeicherte Arbeit bleibt unberührt.',
		replica_damaged:
			'Die Kopie der Standortdaten auf diesem Gerät war beschädigt. Sie wird neu geladen; die gespeicherte Arbeit bleibt unberührt.',
		replica_differs:
			'Die Kopie der Standortdaten auf diesem Gerät stimmte nicht mit der Zentrale überein. Sie wird neu geladen; die gespeicherte Arbeit bleibt unberührt.',
		rebuilding: 'Die Standortdaten werden neben dem Gezeigten neu geladen. Die Arbeit kann weitergehen.',
		server_older:
			'Der Server ist älter als diese App. Was er noch nicht kennt, bewahrt er auf; nach seinem Update kann es noch einmal versucht werden.',
		server_newer: 'Der Server ist neuer als diese App. Alles geht; die App bei Gelegenheit aktualisieren.',
		recovered_tail_one:
			'Beim Öffnen war das Ende des Journals unvollständig, wie nach einem Stromausfall, und wurde repariert. Unter Sync nachsehen, ob die letzte Arbeit da ist.',
		recovered_tail_other:
			'Beim Öffnen waren die Enden von {{count}} Journaldateien unvollständig, wie nach einem Stromausfall, und wurden repariert. Unter Sync nachsehen, ob die letzte Arbeit da ist.',
		recovered_middle_one:
			'Beim Öffnen war {{count}} Stelle des Journals beschädigt. Die beschädigten Bytes sind aufbewahrt; bitte dem Betrieb Bescheid sagen. Näheres unter Sync.',
		recovered_middle_other:
			'Beim Öffnen waren {{count}} Stellen des Journals beschädigt. Die beschädigten Bytes sind aufbewahrt; bitte dem Betrieb Bescheid sagen. Näheres unter Sync.',
	},
	update: { ready: 'Eine neue Version ist bereit. Die Arbeit ist gespeichert.', apply: 'Jetzt benutzen' },
	who: { lock: 'Sperren', checkedHere: 'PIN auf diesem Gerät geprüft' },
	preferences: {
		language: 'Sprache',
		colors: 'Farben',
		scheme: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
	},
	notFound: {
		title: 'Diese Ansicht gibt es nicht',
		act: 'Zu Heute',
		whatToDo: 'Die Adresse ist falsch oder aus einer anderen Version.',
	},
} satisfies AppWords;
