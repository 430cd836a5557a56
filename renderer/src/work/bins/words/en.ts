const words = {
	title: 'Closed bins',
	list: 'Bins that are out of use',
	closed_one: '{{count}} out of use',
	closed_other: '{{count}} out of use',
	open: 'Put {{bin}} into use again',
	close: 'Close a bin',
	needsManager: 'A manager or operations can close bins and put them into use again.',
	emptyTitle: 'All bins are in use',
	emptyText: 'Scan a bin to close it: nothing is then received into it, moved into it or counted there.',
	recorded: 'By the site’s own record',
	by: '{{name}}, {{time}}',
	openDialog: { title: 'Put {{bin}} into use again?', yes: 'Yes, it is in use again', no: 'No, leave it closed' },
	dialog: {
		title: 'Close a bin',
		titleOf: 'Close {{bin}}',
		text: 'Nothing is received into it, moved into it or counted there until it is put into use again. Goods may be taken out.',
		bin: 'Which bin?',
		reason: 'Why?',
		confirm: 'Close it',
		leave: 'Leave it in use',
	},
	said: {
		closed: '{{bin}} is closed',
		closedDetail: 'Move what lies there into another bin.',
		opened: '{{bin}} is in use again',
		openedDetail: 'Count what lies there.',
		isClosed: '{{bin}} is out of use',
		isClosedDetail: 'Enter puts it into use again.',
		inUse: '{{bin}} is in use',
	},
};

export type BinsWords = typeof words;
export default words;
