import type { AttentionWords } from './en.ts';

export default {
	already_shipped: {
		why: 'Die Zentrale hat abgelehnt: Das Paket war schon versandt.',
		whatToDo: 'Nichts wurde geändert. Die Ware als Rückgabe annehmen, wenn sie kommt.',
	},
	already_handed_over: {
		why: 'Die Zentrale hat abgelehnt: Die Ware war schon übergeben.',
		whatToDo: 'Nichts wurde geändert. Als Rückgabe annehmen, wenn der Kunde sie bringt.',
	},
	already_cancelled: {
		why: 'Die Zentrale hat abgelehnt: Es war schon storniert.',
		whatToDo: 'Es ist nichts zu tun.',
	},
	already_moved: {
		why: 'Die Zentrale hat abgelehnt: Es war an einen anderen Standort gegangen.',
		whatToDo: 'Hier ist nichts zu tun.',
	},
	count_closed: {
		why: 'Die Zentrale hat abgelehnt: Diese Zählung war schon gebucht oder abgebrochen.',
		whatToDo: 'Es ist nichts zu tun. Neu zählen, wenn die Menge noch zweifelhaft ist.',
	},
	count_not_submitted: {
		why: 'Die Zentrale hat abgelehnt: Diese Zählung ist noch nicht abgegeben.',
		whatToDo: 'Warten, bis alle abgegeben haben, oder selbst abgeben.',
	},
	unknown_codes_left: {
		why: 'Die Zentrale hat abgelehnt: In der Ablage liegen noch Codes, die niemand kennt.',
		whatToDo: 'Für jeden sagen, was es ist, oder ihn beiseitelegen. Dann die Zählung buchen.',
	},
	changed_meanwhile: {
		why: 'Die Zentrale hat abgelehnt: Inzwischen wurde mehr gezählt, als zu sehen war.',
		whatToDo: 'Die Zählung noch einmal ansehen und buchen.',
	},
	still_not_possible: {
		why: 'Die Zentrale hat neu geurteilt, und es geht immer noch nicht.',
		whatToDo: 'Den Betrieb fragen oder beiseitelegen.',
	},
	already_started: {
		why: 'Die Zentrale hat abgelehnt: Die Arbeit war schon begonnen.',
		whatToDo: 'Fertig machen oder stattdessen stornieren.',
	},
	already_captured: {
		why: 'Die Zentrale hat abgelehnt: Dieser Auftrag war schon aufgenommen.',
		whatToDo: 'Den Auftrag suchen; es ist nichts zu tun.',
	},
	already_reserved: {
		why: 'Die Zentrale hat abgelehnt: Das war schon reserviert.',
		whatToDo: 'Es ist nichts zu tun.',
	},
	already_ended: {
		why: 'Die Zentrale hat abgelehnt: Die Reservierung war schon zu Ende.',
		whatToDo: 'Es ist nichts zu tun.',
	},
	not_enough_stock: {
		why: 'Die Zentrale hat abgelehnt: Es sind zu wenige Stück frei.',
		whatToDo: 'Dem Kunden oder dem anderen Standort Bescheid geben und das Produkt anderswo suchen.',
	},
	not_fulfilled_here: {
		why: 'Die Zentrale hat abgelehnt: Dieser Standort erfüllt solche Aufträge nicht.',
		whatToDo: 'Den Auftrag für einen anderen Standort aufnehmen.',
	},
	unknown_product: {
		why: 'Die Zentrale hat abgelehnt: Sie kennt eines der Produkte nicht oder verkauft es in anderer Währung.',
		whatToDo: 'Das Produkt noch einmal scannen; bleibt es so, dem Betrieb melden.',
	},
	not_readable: {
		why: 'Die Zentrale hat abgelehnt: Sie konnte nicht alles lesen.',
		whatToDo: 'Noch einmal eingeben, ohne ungewöhnliche Zeichen oder Daten.',
	},
	already_resolved: { why: 'Jemand anderes hat diese Ausnahme geschlossen.', whatToDo: 'Es ist nichts zu tun.' },
	already_sent: {
		why: 'Die Zentrale hat abgelehnt: Die Ware war schon unterwegs.',
		whatToDo: 'Nichts wurde geändert. Annehmen und zurücksenden, was nicht gebraucht wird.',
	},
	same_site: {
		why: 'Die Zentrale hat abgelehnt: Ein Standort kann sich nicht selbst um Ware bitten.',
		whatToDo: 'Einen anderen Standort wählen.',
	},
	unknown_site: {
		why: 'Die Zentrale hat abgelehnt: Sie kennt diesen Standort nicht, oder er gibt nichts ab.',
		whatToDo: 'Einen anderen Standort wählen.',
	},
	not_found: {
		why: 'Die Zentrale hat abgelehnt: Sie kennt diesen Auftrag hier nicht (mehr).',
		whatToDo: 'Den Auftrag suchen; vielleicht ist er an einen anderen Standort gegangen.',
	},
	role_not_allowed: { why: 'Die Zentrale hat abgelehnt: Das braucht die Leitung.', whatToDo: 'Die Leitung bitten.' },
	grant_expired: {
		why: 'Die Zentrale hat abgelehnt: Das Einloggen war abgelaufen.',
		whatToDo: 'Einmal mit Netz einloggen und noch einmal bitten.',
	},
	lost_record: {
		why: 'Dieser Eintrag des Journals war beschädigt; was er sagte, ist nicht zu lesen.',
		whatToDo:
			'Die beschädigten Bytes liegen neben dem Journal. Die Arbeit dieser Zeit prüfen und dem Betrieb Bescheid sagen.',
	},
	quarantine: {
		unknown_type: {
			why: 'Die Zentrale hat es aufbewahrt, kennt diese Art Arbeit aber nicht.',
			whatToDo: 'Nichts ist verloren. Nach dem Update des Servers kann neu geurteilt werden.',
		},
		newer_version: {
			why: 'Die Zentrale hat es aufbewahrt, aber diese App ist neuer als die Zentrale.',
			whatToDo: 'Nichts ist verloren. Nach dem Update des Servers kann neu geurteilt werden.',
		},
		unreadable_frame: {
			why: 'Die Zentrale hat es aufbewahrt, konnte seinen Rahmen aber nicht lesen.',
			whatToDo: 'Nichts ist verloren. Dem Betrieb Bescheid sagen; dort steht es als Ausnahme.',
		},
		unreadable_payload: {
			why: 'Die Zentrale hat es aufbewahrt, konnte seinen Inhalt aber nicht lesen.',
			whatToDo: 'Nichts ist verloren. Dem Betrieb Bescheid sagen; dort steht es als Ausnahme.',
		},
		hash_mismatch: {
			why: 'Es wurde nach dem Speichern beschädigt oder geändert, darum nicht übernommen.',
			whatToDo: 'Es ist aufbewahrt. Diese Arbeit prüfen und dem Betrieb Bescheid sagen.',
		},
		signature_mismatch: {
			why: 'Es trägt nicht die Unterschrift dieses Geräts, darum wurde es nicht übernommen.',
			whatToDo: 'Es ist aufbewahrt. Dem Betrieb Bescheid sagen: Jemand muss sehen, ob es von diesem Gerät stammt.',
		},
		other_site: {
			why: 'Es betrifft einen anderen Standort, darum wurde es nicht übernommen.',
			whatToDo: 'Es ist aufbewahrt. Dem Betrieb Bescheid sagen; dort steht es als Ausnahme.',
		},
		not_found: {
			why: 'Es betrifft etwas, das die Zentrale an diesem Standort nicht hat.',
			whatToDo: 'Es ist aufbewahrt. Den Auftrag suchen, oder neu urteilen lassen, wenn der Auftrag hier ist.',
		},
		central_fault: {
			why: 'Die Zentrale ist daran gescheitert und hat es aufbewahrt.',
			whatToDo: 'Nichts ist verloren. Später noch einmal beurteilen lassen oder dem Betrieb melden.',
		},
		contradicts: {
			why: 'Die Zentrale hat es aufbewahrt, aber es widerspricht dem, was vorher geschah.',
			whatToDo: 'Nichts ist verloren. Die Leitung sieht beide Seiten an.',
		},
		other: {
			why: 'Die Zentrale hat es aufbewahrt, konnte es aber nicht übernehmen.',
			whatToDo: 'Nichts ist verloren. Dem Betrieb Bescheid sagen; dort steht es als Ausnahme.',
		},
	},
	other: {
		why: 'Die Zentrale konnte es so nicht annehmen.',
		whatToDo: 'Der Leitung Bescheid sagen. Es bleibt auf diesem Gerät.',
	},
	exception: {
		surplus_pick: {
			why: 'Es wurde mehr gepickt als nötig.',
			whatToDo: 'Den Überschuss an seinen Platz zurücklegen.',
		},
		picked_after_cancel: {
			why: 'Es wurde gepickt, nachdem die Zentrale storniert hatte.',
			whatToDo: 'Die Ware an ihren Platz zurücklegen.',
		},
		fulfilled_after_cancel: {
			why: 'Die Ware ging, nachdem die Zentrale storniert hatte.',
			whatToDo: 'Die Leitung entscheidet: berechnen oder zurückholen.',
		},
		second_handover: {
			why: 'Dieselbe Abholung wurde zweimal übergeben.',
			whatToDo: 'Beides bleibt stehen. Die Leitung prüft, wer abgeholt hat.',
		},
		fulfilled_more_than_held: {
			why: 'Es ging mehr, als dieser Auftrag enthielt.',
			whatToDo: 'Die Leitung prüft, was im Paket oder in der Tasche war.',
		},
		returned_more_than_sold: {
			why: 'Es kam mehr zurück, als verkauft war.',
			whatToDo: 'Es gibt keine zweite Erstattung. Die Leitung sieht beide Rückgaben an.',
		},
		returned_twice: {
			why: 'Dieselbe Ware kam zweimal zurück.',
			whatToDo: 'Es gibt keine zweite Erstattung. Die Leitung vergleicht beide Belege.',
		},
		label_void_shipped: {
			why: 'Ein Paket ging mit dem Etikett einer alten Adresse hinaus.',
			whatToDo: 'Die Leitung lässt es vom Versanddienst umleiten.',
		},
		count_differs: {
			why: 'Gezählt wurde eine andere Menge, als die Bücher hatten.',
			whatToDo: 'Die Leitung sucht den Grund; die Bücher folgen der Zählung.',
		},
		counted_late: {
			why: 'Gezählt wurde für eine Zählung, die schon geschlossen war.',
			whatToDo: 'Es wurde nichts gebucht. Diesen Artikel noch einmal zählen.',
		},
		closed_bin_used: {
			why: 'Ware ist in einem Fach gebucht, das geschlossen ist.',
			whatToDo: 'Dort nachsehen: die Ware in ein anderes Fach legen oder das Fach öffnen lassen.',
		},
		adjusted_over_limit: {
			why: 'Es wurde mehr korrigiert, als ohne die Leitung erlaubt ist.',
			whatToDo: 'Es ist gebucht. Die Leitung sieht es an oder lässt den Artikel zählen.',
		},
		stock_below_zero: {
			why: 'Die Bücher hatten weniger von diesem Artikel, als bewegt wurde.',
			whatToDo: 'Diesen Artikel zählen.',
		},
		duplicate_serial: {
			why: 'Eine Seriennummer kam herein, die die Bücher schon hatten.',
			whatToDo: 'Beide Stücke vergleichen: Eines trägt eine andere Nummer.',
		},
		serial_not_here: {
			why: 'Eine Seriennummer wurde aus dem Fach genommen, die dort nach den Büchern nicht liegt.',
			whatToDo: 'Das Stück mit seiner Nummer vergleichen; den Artikel zählen.',
		},
		expired_picked: {
			why: 'Etwas Abgelaufenes wurde gepickt.',
			whatToDo: 'Vor dem Versand herausnehmen und die Charge zur Seite legen.',
		},
		operation_quarantined: { why: 'Die Zentrale konnte es nicht lesen.', whatToDo: 'Dem Betrieb Bescheid sagen.' },
		units_short: {
			why: 'Zugesagte Ware fehlt.',
			whatToDo: 'Die Zentrale sucht sie anderswo. Diesen Artikel zählen.',
		},
		not_enough_stock: {
			why: 'Kein Standort hat genug davon.',
			whatToDo: 'Die Auftragsannahme sagt es dem Kunden oder wartet auf Nachschub.',
		},
		moved_back: {
			why: 'Der Auftrag war an einen anderen Standort gegangen und kam zurück, weil hier schon begonnen war.',
			whatToDo: 'Hier weitermachen.',
		},
		picked_after_move: {
			why: 'Es wurde gepickt, nachdem der Auftrag an einen anderen Standort gegangen war.',
			whatToDo: 'Die Ware an ihren Platz zurücklegen.',
		},
		reserved_supply_missing: {
			why: 'Ware, die ein Kunde reserviert hat, kommt nicht.',
			whatToDo: 'Dem Kunden Bescheid geben oder die Ware anderswo suchen.',
		},
		pickup_in_danger: {
			why: 'Eine Abholung ist vielleicht nicht rechtzeitig da: Der Standort ist geschlossen oder meldet sich nicht.',
			whatToDo:
				'Den Standort anrufen. Dem Kunden Bescheid geben oder den Auftrag an einen anderen Standort geben lassen.',
		},
		rights_written_off: {
			why: 'Ein verlorenes Gerät kann Ware versprochen haben, die jetzt für alle frei ist.',
			whatToDo: 'Wer damit gearbeitet hat, nach Zusagen fragen, die hier fehlen, und die Ware dafür zurücklegen.',
		},
		promised_more_than_held: {
			why: 'Von diesem Produkt ist mehr versprochen, als dieser Standort hat.',
			whatToDo: 'Dieses Produkt zählen. Die Zentrale sucht anderswo und bittet Geräte um das, was sie nicht brauchen.',
		},
		fulfilled_after_move: {
			why: 'Die Ware ging, nachdem der Auftrag an einen anderen Standort gegangen war.',
			whatToDo: 'Die Leitung sorgt dafür, dass der Kunde sie nicht zweimal bekommt.',
		},
		delivery_differs: {
			why: 'Eine Lieferung ist nicht, was bestellt oder versandt war.',
			whatToDo: 'Die Leitung klärt es mit der anderen Seite.',
		},
		received_after_close: {
			why: 'Ware kam, nachdem Bestellung oder Umlagerung beendet war.',
			whatToDo: 'Sie steht in den Büchern. Die Leitung sagt es der anderen Seite.',
		},
		expired_received: {
			why: 'Es kam Ware, die schon abgelaufen war.',
			whatToDo: 'Sie ist in Quarantäne. Zurücksenden oder entsorgen.',
		},
		unit_received_twice: {
			why: 'Dieselbe Versandeinheit wurde zweimal angenommen.',
			whatToDo: 'Sie zählt einmal. Prüfen, ob zwei Einheiten dasselbe Etikett tragen.',
		},
		serial_received_twice: {
			why: 'Dieselbe Seriennummer wurde zweimal angenommen.',
			whatToDo: 'Sie zählt einmal. Die Etiketten dieser Stücke prüfen.',
		},
		transfer_stopped: {
			why: 'Der andere Standort hat die Umlagerung abgelehnt.',
			whatToDo: 'Einen anderen Standort fragen oder auf Nachschub warten.',
		},
		transfer_units_short: {
			why: 'Ware einer Umlagerung konnte nicht versandt werden.',
			whatToDo: 'Einen anderen Standort fragen. Der sendende Standort zählt diesen Artikel.',
		},
		transfer_put_back: {
			why: 'Ware ist für eine Umlagerung in der Hand, die niemand mehr will.',
			whatToDo: 'Die Ware an ihren Platz zurücklegen.',
		},
		sent_after_stop: {
			why: 'Ware ging hinaus, obwohl die Umlagerung beendet war.',
			whatToDo: 'Sie ist unterwegs. Annehmen oder mit dem anderen Standort die Rücksendung absprechen.',
		},
		sent_more_than_picked: {
			why: 'Es wurde mehr versandt, als gepickt war.',
			whatToDo: 'Nur das Gepickte zählt. Prüfen, was in den Kartons ist.',
		},
	},
} satisfies AttentionWords;
