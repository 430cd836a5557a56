import type { UiWords } from './en.ts';

export default {
	actions: 'Aktionen',
	back: 'Zurück',
	loading: 'Wird geladen',
	verdictHint: 'Hier steht die Antwort auf jeden Scan.',
	quantity: {
		not_whole: 'Bitte eine ganze Zahl eingeben.',
		too_small: 'Mindestens {{minimum}}.',
		too_big: 'Höchstens {{maximum}}.',
	},
	time: {
		tomorrow: 'morgen {{time}}',
		yesterday: 'gestern {{time}}',
		within: 'in {{span}}',
		late: '{{span}} verspätet',
	},
	method: { ship: 'Versand', pickup: 'Abholung' },
	fulfillmentState: {
		assigned: 'zu picken',
		picking: 'wird gepickt',
		picked: 'gepickt',
		packed: 'gepackt',
		shipped: 'versandt',
		ready: 'bereit im Regal',
		handed_over: 'übergeben',
		declined: 'abgelehnt',
		moved: 'an einen anderen Standort gegeben',
		cancelled: 'storniert',
	},
} satisfies UiWords;
