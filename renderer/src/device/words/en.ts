export default {
	notSavedTitle: 'Not saved. Nothing has been recorded.',
	notSaved: {
		not_signed_in: 'Nobody is signed in. Sign in and do it again.',
		not_enough_rights: 'Too few units are left that this device may promise on its own. Look at the quantities again.',
		not_enrolled: 'This device is not enrolled. Enroll it with a code, then do it again.',
		storage_full: 'The storage of this device is full. Free some space, then do it again.',
		storage_unavailable:
			'This browser gives no storage, as in a private window. Open Backstock in a normal window and do it again.',
		storage_failed: 'The storage of this device did not take it. Do it again; if it fails again, open Backstock anew.',
	},
};
