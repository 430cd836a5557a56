const words = {
	title: 'Stock',
	list: 'Work on the stock',
	waiting_one: '{{count}} waits',
	waiting_other: '{{count}} wait',
	place: {
		receive: { title: 'Receive', detail: 'Deliveries of suppliers and of other sites, and what comes without paper' },
		transfer: { title: 'Transfer', detail: 'Goods that other sites ask for, and those that this site asks for' },
		count: { title: 'Count', detail: 'What was asked for, a shelf of your choice, or a second look at what differs' },
		adjust: { title: 'Adjust', detail: 'Damaged, expired, found, lost: units written off or on, with the reason' },
		move: { title: 'Move', detail: 'From one bin into another' },
		bins: { title: 'Closed bins', detail: 'Which bins are out of use, and why' },
		lookup: { title: 'Look up', detail: 'Where a product lies, who wants it and what is coming' },
		rules: { title: 'Rules', detail: 'What is kept back, and who may collect or be shipped to' },
		sell: { title: 'Sell', detail: 'Goods that a customer takes along' },
		reserve: { title: 'Keep goods', detail: 'For a customer, until a time' },
		kept: { title: 'Kept for customers', detail: 'What is kept, for whom and until when' },
		capture: { title: 'Take an order', detail: 'At the counter or on the telephone, to collect or to be sent' },
	},
};

export type StockWords = typeof words;
export default words;
