import type { TFunction } from 'i18next';
import { addressText } from '../../../shared/domain/decide-address.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import { type Said, supplySides } from './supply-exception.ts';

/** Both sides of an exception, in the reader's language. */
export interface ExceptionSentence {
	/** What happened, as the device says. */
	readonly happened: string;
	/** What central held to be true. */
	readonly held: string;
}

/**
 * An exception in the reader's language, built from its data. A case without that data (of the first release), or of a kind that this
 * version doesn't know, is told as it came. `t` needs the namespace `fulfillment`; `catalogName` is for a case that names no product.
 */
export function exceptionSentence(
	t: TFunction<'fulfillment'>,
	exceptionCase: ExceptionCase,
	catalogName?: string | undefined,
): ExceptionSentence {
	const sides = sidesOf(exceptionCase, exceptionCase.productName ?? catalogName ?? exceptionCase.sku, t);
	const say = (said: Said | undefined, asItCame: string): string => {
		if (said === undefined) return asItCame;
		const [key, values] = said;
		return Object.values(values).includes(undefined) ? asItCame : t(`fulfillment:exception.${key}`, values);
	};
	return {
		happened: say(sides?.happened, exceptionCase.fact),
		held: say(sides?.held, exceptionCase.plan),
	};
}

function sidesOf(
	exceptionCase: ExceptionCase,
	product: string | undefined,
	t: TFunction<'fulfillment'>,
): { readonly happened: Said; readonly held: Said } | undefined {
	const { quantity, orderNumber, heldState, handovers, otherSiteName: site, trackingNumber, actorName } = exceptionCase;
	const number = exceptionCase.fulfillmentOrderNumber ?? orderNumber;
	const units = { quantity, product, number };
	const stopped: Said = [heldState === 'declined' ? 'held.declined' : 'held.cancelled', { number }];
	switch (exceptionCase.exceptionKind) {
		case 'surplus_pick':
			return { happened: ['picked', units], held: ['held.noMore', { number }] };
		case 'picked_after_cancel':
			return { happened: ['picked', units], held: stopped };
		case 'picked_after_move':
			return { happened: ['picked', units], held: ['held.moved', { number, site }] };
		case 'fulfilled_after_cancel':
			return { happened: ['left', units], held: stopped };
		case 'fulfilled_after_move':
			return { happened: ['left', units], held: ['held.moved', { number, site }] };
		case 'moved_back':
			// The other site held it as assigned; at the first one it was moved.
			return heldState === 'assigned'
				? { happened: ['takenBack', { number, site }], held: ['held.takenBack', { site }] }
				: { happened: ['movedBack', { number, site }], held: ['held.movedBack', { number, site }] };
		case 'second_handover':
			return {
				happened:
					exceptionCase.sku === undefined
						? ['unitsLeftAgain', { count: quantity, number, name: handovers?.at(-1)?.collectedBy }]
						: ['leftAgain', { ...units, name: handovers?.at(-1)?.collectedBy }],
				held:
					handovers?.length === 2
						? ['held.handedOver', { number, name: handovers[0]?.collectedBy }]
						: ['held.handedOverBefore', { number }],
			};
		case 'fulfilled_more_than_held':
			return trackingNumber === undefined
				? { happened: ['left', units], held: ['held.fewer', { number }] }
				: { happened: ['packageLeft', { trackingNumber, number }], held: ['held.noPackage', {}] };
		case 'label_void_shipped': {
			const { labelAddress, orderAddress } = exceptionCase;
			return {
				happened: ['packageLeftFor', { trackingNumber, address: labelAddress && addressText(labelAddress) }],
				held: ['held.address', { orderNumber, address: orderAddress && addressText(orderAddress) }],
			};
		}
		case 'returned_more_than_sold':
		case 'returned_twice': {
			const { cameBack, couldComeBack } = exceptionCase;
			return {
				happened: ['cameBack', { count: cameBack, orderNumber }],
				held: ['held.couldComeBack', { count: couldComeBack }],
			};
		}
		case 'counted_late':
			return {
				happened: ['counted', { counted: exceptionCase.counted, product }],
				held: ['held.countClosed', {}],
			};
		case 'closed_bin_used':
			return { happened: ['binUsed', { product, bin: exceptionCase.bin }], held: ['held.binClosed', {}] };
		case 'adjusted_over_limit': {
			const { adjustReason } = exceptionCase;
			return {
				happened: [
					'adjusted',
					{ quantity, product, reason: adjustReason && t(`fulfillment:adjustReason.${adjustReason}`) },
				],
				held: ['held.overLimit', {}],
			};
		}
		case 'count_differs': {
			const { counted, expected } = exceptionCase;
			return { happened: ['counted', { counted, product }], held: ['held.expected', { expected }] };
		}
		case 'stock_below_zero': {
			const bucket = exceptionCase.bucket && t(`fulfillment:exception.bucket.${exceptionCase.bucket}`);
			return {
				happened: ['belowZero', { product, bucket }],
				held: ['held.unitsNow', { unitsNow: exceptionCase.unitsNow, bucket }],
			};
		}
		case 'duplicate_serial':
			return {
				happened: ['serialCame', { serial: exceptionCase.serial, product }],
				held: site === undefined ? ['held.serialHere', {}] : ['held.serialElsewhere', { site }],
			};
		case 'serial_not_here': {
			const bucket = exceptionCase.bucket && t(`fulfillment:exception.bucket.${exceptionCase.bucket}`);
			const here: Said = bucket === undefined ? ['held.serialUnknown', {}] : ['held.serialInBucket', { bucket }];
			return {
				happened: ['serialTaken', { serial: exceptionCase.serial, product }],
				held: site === undefined ? here : ['held.serialElsewhere', { site }],
			};
		}
		case 'expired_picked':
			return {
				happened: ['expiredPicked', { ...units, expiresOn: exceptionCase.expiresOn }],
				held: ['held.expired', {}],
			};
		case 'promised_more_than_held':
			return { happened: ['promisedMore', { quantity, product }], held: ['held.promisedTo', {}] };
		case 'reserved_supply_missing':
			return { happened: ['supplyMissing', { quantity, product }], held: ['held.reserved', { customer: actorName }] };
		case 'rights_written_off': {
			const { products, reason } = exceptionCase;
			const lines = products?.map(({ quantity: each, name }) => `${each} × ${name}`).join(', ');
			return { happened: ['rightsWrittenOff', { reason, lines }], held: ['held.mayBePromised', {}] };
		}
		case 'pickup_in_danger': {
			const { promisedAt, problem } = exceptionCase;
			const at = promisedAt === undefined ? undefined : Temporal.Instant.from(promisedAt).epochMilliseconds;
			return {
				happened: [problem === 'closed' ? 'siteClosed' : 'siteQuiet', { site }],
				held: ['held.pickupPromised', { number, at }],
			};
		}
		case 'units_short': {
			const { shortReason } = exceptionCase;
			return {
				happened: [`short.${shortReason ?? 'not_found'}`, { quantity, product, shortReason }],
				held: site === undefined ? ['held.promised', { number }] : ['held.rerouted', { site }],
			};
		}
		case 'not_enough_stock':
			return {
				happened: ['notEnough', { quantity, product, orderNumber }],
				held: heldState === 'declined' ? stopped : ['held.promised', { number }],
			};
		case 'operation_quarantined': {
			const { operationType, operationSeq, problem } = exceptionCase;
			if (problem === 'lane_frozen') return { happened: ['contradicts', {}], held: ['problem.lane_frozen', {}] };
			if (problem === 'gap') return { happened: ['passedOver', { seq: operationSeq }], held: ['problem.gap', {}] };
			const known = problem !== undefined && t(`fulfillment:exception.problem.${problem}`, { defaultValue: '' }) !== '';
			return {
				happened: ['unreadable', { type: operationType, seq: operationSeq }],
				held: [`problem.${known ? problem : 'other'}`, { problem }],
			};
		}
		default:
			return supplySides(exceptionCase, product, t);
	}
}
