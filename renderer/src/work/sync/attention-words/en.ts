/** Why an operation needs somebody, and what to do, in sentences. */
const words = {
	already_shipped: {
		why: 'Central refused: the parcel had been shipped.',
		whatToDo: 'Nothing was changed. Take the goods back as a return when they come.',
	},
	already_handed_over: {
		why: 'Central refused: the goods had been handed over.',
		whatToDo: 'Nothing was changed. Take them back as a return if the customer brings them.',
	},
	already_cancelled: { why: 'Central refused: it was cancelled already.', whatToDo: 'There is nothing to do.' },
	already_moved: {
		why: 'Central refused: it had moved to another site.',
		whatToDo: 'There is nothing to do here.',
	},
	count_closed: {
		why: 'Central refused: this count was posted or cancelled already.',
		whatToDo: 'There is nothing to do. Begin a new count if the number is still in doubt.',
	},
	count_not_submitted: {
		why: 'Central refused: this count is not handed in yet.',
		whatToDo: 'Wait until everybody has handed in, or hand it in yourself.',
	},
	unknown_codes_left: {
		why: 'Central refused: the tray still has codes that nobody knows.',
		whatToDo: 'Say for each what it is, or set it aside. Then post the count.',
	},
	changed_meanwhile: {
		why: 'Central refused: somebody counted more in the meantime, and you had not seen it.',
		whatToDo: 'Look at the count once more, and post it.',
	},
	still_not_possible: {
		why: 'Central judged it again, and it still can’t be applied.',
		whatToDo: 'Ask operations, or set it aside.',
	},
	already_started: {
		why: 'Central refused: the work had been begun.',
		whatToDo: 'Finish it, or cancel it instead.',
	},
	already_captured: {
		why: 'Central refused: this order had been taken already.',
		whatToDo: 'Look the order up; there is nothing to do.',
	},
	already_reserved: {
		why: 'Central refused: this had been reserved already.',
		whatToDo: 'There is nothing to do.',
	},
	already_ended: {
		why: 'Central refused: the reservation had ended before.',
		whatToDo: 'There is nothing to do.',
	},
	not_enough_stock: {
		why: 'Central refused: too few units are free.',
		whatToDo: 'Tell the customer or the other site, and look for the product elsewhere.',
	},
	not_fulfilled_here: {
		why: 'Central refused: this site does not fulfill such orders.',
		whatToDo: 'Take the order for another site.',
	},
	unknown_product: {
		why: 'Central refused: it does not know one of the products, or sells it in another currency.',
		whatToDo: 'Scan the product again, and tell operations if it stays so.',
	},
	not_readable: {
		why: 'Central refused: it could not read all of it.',
		whatToDo: 'Enter it again, without unusual characters or dates.',
	},
	already_resolved: { why: 'Somebody else had closed this exception.', whatToDo: 'There is nothing to do.' },
	already_sent: {
		why: 'Central refused: the goods had left already.',
		whatToDo: 'Nothing was changed. Receive them, and send back what is not wanted.',
	},
	same_site: {
		why: 'Central refused: a site can’t ask itself for goods.',
		whatToDo: 'Choose another site.',
	},
	unknown_site: {
		why: 'Central refused: it knows no such site, or nothing can be asked of it.',
		whatToDo: 'Choose another site.',
	},
	not_found: {
		why: 'Central refused: it does not know this order here (any more).',
		whatToDo: 'Look the order up; it may have moved to another site.',
	},
	role_not_allowed: { why: 'Central refused: this needs a manager.', whatToDo: 'Ask a manager to do it.' },
	grant_expired: {
		why: 'Central refused: the sign-in had expired.',
		whatToDo: 'Sign in once with the network, and ask again.',
	},
	lost_record: {
		why: 'This record of the journal was damaged, and what it said can’t be read.',
		whatToDo: 'The damaged bytes are kept beside the journal. Check the work of that time, and tell operations.',
	},
	quarantine: {
		unknown_type: {
			why: 'Central kept it, but does not know this kind of work.',
			whatToDo: 'Nothing is lost. It can be judged again after the server’s update.',
		},
		newer_version: {
			why: 'Central kept it, but this app is newer than central.',
			whatToDo: 'Nothing is lost. It can be judged again after the server’s update.',
		},
		unreadable_frame: {
			why: 'Central kept it, but could not read its frame.',
			whatToDo: 'Nothing is lost. Tell operations; they see it as an exception.',
		},
		unreadable_payload: {
			why: 'Central kept it, but could not read what it says.',
			whatToDo: 'Nothing is lost. Tell operations; they see it as an exception.',
		},
		hash_mismatch: {
			why: 'It was damaged or changed after it was saved, so central did not apply it.',
			whatToDo: 'It is kept. Check this work, and tell operations.',
		},
		signature_mismatch: {
			why: 'It does not carry this device’s signature, so central did not apply it.',
			whatToDo: 'It is kept. Tell operations: somebody must see whether this device wrote it.',
		},
		other_site: {
			why: 'It is about another site, so central did not apply it.',
			whatToDo: 'It is kept. Tell operations; they see it as an exception.',
		},
		not_found: {
			why: 'It is about something that central does not have at this site.',
			whatToDo: 'It is kept. Look the order up, or have it judged again when the order is here.',
		},
		central_fault: {
			why: 'Central failed over it, and kept it.',
			whatToDo: 'Nothing is lost. Have it judged again later, or tell operations.',
		},
		contradicts: {
			why: 'Central kept it, but it contradicts what had happened before.',
			whatToDo: 'Nothing is lost. A manager looks at both sides.',
		},
		other: {
			why: 'Central kept it, but could not apply it.',
			whatToDo: 'Nothing is lost. Tell operations; they see it as an exception.',
		},
	},
	other: { why: 'Central could not take it as it is.', whatToDo: 'Tell a manager. It is kept on this device.' },
	exception: {
		surplus_pick: { why: 'More was picked than is needed.', whatToDo: 'Put the surplus back to its bin.' },
		picked_after_cancel: {
			why: 'It was picked after central had cancelled it.',
			whatToDo: 'Put the units back to their bin.',
		},
		fulfilled_after_cancel: {
			why: 'The goods left after central had cancelled them.',
			whatToDo: 'A manager decides: bill the customer or get the goods back.',
		},
		second_handover: {
			why: 'The same pickup was handed over twice.',
			whatToDo: 'Both are kept. A manager looks at who collected.',
		},
		fulfilled_more_than_held: {
			why: 'More left than this order held.',
			whatToDo: 'A manager checks what was in the parcel or the bag.',
		},
		returned_more_than_sold: {
			why: 'More came back than had been sold.',
			whatToDo: 'There is no second refund. A manager looks at both returns.',
		},
		returned_twice: {
			why: 'The same goods came back twice.',
			whatToDo: 'There is no second refund. A manager compares the evidence of both.',
		},
		label_void_shipped: {
			why: 'A parcel left with the label of an old address.',
			whatToDo: 'A manager has it redirected by the carrier.',
		},
		count_differs: {
			why: 'A count found another number than the books had.',
			whatToDo: 'A manager looks for the reason; the books follow the count.',
		},
		counted_late: {
			why: 'Somebody counted for a count that was closed by then.',
			whatToDo: 'Nothing was posted. Count this product once more.',
		},
		closed_bin_used: {
			why: 'Goods are booked in a bin that is closed.',
			whatToDo: 'Look there: lay the goods into another bin, or have the bin opened.',
		},
		adjusted_over_limit: {
			why: 'More was adjusted than its author may without a manager.',
			whatToDo: 'It is in the books. A manager looks at it, or has the product counted.',
		},
		stock_below_zero: {
			why: 'The books had fewer of this product than were moved.',
			whatToDo: 'Count this product.',
		},
		duplicate_serial: {
			why: 'A serial number came in that the books had already.',
			whatToDo: 'Compare both units: one of them carries another number.',
		},
		serial_not_here: {
			why: 'A serial number was taken off the shelf that the books do not have there.',
			whatToDo: 'Compare the unit with its number; count this product.',
		},
		expired_picked: {
			why: 'Something that had expired was picked.',
			whatToDo: 'Take it out before it leaves, and set the lot apart.',
		},
		operation_quarantined: { why: 'Central could not read it.', whatToDo: 'Tell operations.' },
		units_short: {
			why: 'Units that were promised are missing.',
			whatToDo: 'Central looks for them elsewhere. Count this product.',
		},
		not_enough_stock: {
			why: 'No site has enough of it.',
			whatToDo: 'The order desk tells the customer, or waits for new stock.',
		},
		moved_back: {
			why: 'The order had moved to another site, and came back because work had begun here.',
			whatToDo: 'Go on with it here.',
		},
		picked_after_move: {
			why: 'It was picked after the order had moved to another site.',
			whatToDo: 'Put the units back to their bin.',
		},
		reserved_supply_missing: {
			why: 'Goods that a customer has reserved do not come.',
			whatToDo: 'Tell the customer, or find the goods elsewhere.',
		},
		pickup_in_danger: {
			why: 'A customer’s pickup may not be there in time: its site is closed, or nobody there is heard of.',
			whatToDo: 'Call the site. Tell the customer, or have the order moved to another site.',
		},
		rights_written_off: {
			why: 'A lost device may have promised goods that are free for everybody now.',
			whatToDo: 'Ask who worked with it for promises that are not here, and keep the goods for them.',
		},
		promised_more_than_held: {
			why: 'More of this product is promised than this site has.',
			whatToDo: 'Count this product. Central looks for units elsewhere and asks devices for what they need not keep.',
		},
		fulfilled_after_move: {
			why: 'The goods left after the order had moved to another site.',
			whatToDo: 'A manager makes sure that the customer does not get them twice.',
		},
		delivery_differs: {
			why: 'A delivery is not what was ordered or sent.',
			whatToDo: 'A manager settles it with the other side.',
		},
		received_after_close: {
			why: 'Goods came after their order or transfer had ended.',
			whatToDo: 'They are in the books. A manager tells the other side.',
		},
		expired_received: {
			why: 'Goods came in that had expired.',
			whatToDo: 'They are in quarantine. Send them back, or dispose of them.',
		},
		unit_received_twice: {
			why: 'The same logistic unit was received twice.',
			whatToDo: 'It counts once. Check whether two units carry the same label.',
		},
		serial_received_twice: {
			why: 'The same serial number was received twice.',
			whatToDo: 'It counts once. Check the labels of these units.',
		},
		transfer_stopped: {
			why: 'The other site declined the transfer.',
			whatToDo: 'Ask another site, or wait for new stock.',
		},
		transfer_units_short: {
			why: 'Units of a transfer could not be sent.',
			whatToDo: 'Ask another site for them. The sending site counts this product.',
		},
		transfer_put_back: {
			why: 'Goods are in hand for a transfer that nobody wants any more.',
			whatToDo: 'Put the units back to their bin.',
		},
		sent_after_stop: {
			why: 'Goods left although their transfer had been stopped.',
			whatToDo: 'They are on the way. Receive them, or agree with the other site to send them back.',
		},
		sent_more_than_picked: {
			why: 'More was sent than had been picked.',
			whatToDo: 'Only what was picked counts. Check what is in the boxes.',
		},
	},
};

export type AttentionWords = typeof words;
export default words;
