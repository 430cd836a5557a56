import { isSupplyClosed, isSupplyStopped } from '../../../../shared/domain/supply.ts';
import { inHand } from '../../../../shared/domain/transfer-units.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { NamedUnits } from '../../../../shared/schema/stock-position.ts';
import type { Transfer, TransferLine } from '../../../../shared/schema/transfer.ts';

/** What is to be done here for a transfer. */
export type TransferStep = 'pick' | 'send' | 'put_back' | 'sent' | 'asked' | 'announced' | 'coming';

export interface TransferWork {
	readonly transfer: Transfer;
	readonly isOutgoing: boolean;
	readonly step: TransferStep;
	readonly otherSiteName: string;
	/** Asked for, and still to be picked. */
	readonly toPick: number;
	readonly inHand: number;
}

const stepOrder: readonly TransferStep[] = ['put_back', 'send', 'pick', 'coming', 'announced', 'asked', 'sent'];

/** The units of a line that are neither picked nor short. */
export function unitsToPick({ requested, picked, short }: TransferLine): number {
	return Math.max(0, requested - picked - short);
}

export function stepOf(transfer: Transfer, siteId: string): TransferStep | null {
	const held = transfer.lines.reduce((sum, line) => sum + Math.max(0, inHand(line)), 0);
	if (transfer.fromSiteId !== siteId) {
		if (isSupplyClosed(transfer) || isSupplyStopped(transfer)) return null;
		if (transfer.state === 'in_transit') return 'coming';
		return transfer.unasked === true ? 'announced' : 'asked';
	}
	if (isSupplyStopped(transfer)) return held > 0 ? 'put_back' : null;
	if (isSupplyClosed(transfer)) return held > 0 ? 'send' : null;
	if (transfer.state === 'in_transit') return held > 0 ? 'send' : 'sent';
	return held > 0 && transfer.lines.every((line) => unitsToPick(line) === 0) ? 'send' : 'pick';
}

/** The site's open transfers: what waits for a hand here first, then the day on which it is expected. */
export function transferWork(transfers: readonly Transfer[], siteId: string): readonly TransferWork[] {
	return transfers
		.flatMap((transfer): readonly TransferWork[] => {
			const step = stepOf(transfer, siteId);
			if (step === null) return [];
			const isOutgoing = transfer.fromSiteId === siteId;
			return [
				{
					transfer,
					isOutgoing,
					step,
					otherSiteName: isOutgoing ? transfer.toSiteName : transfer.fromSiteName,
					toPick: transfer.lines.reduce((sum, line) => sum + unitsToPick(line), 0),
					inHand: transfer.lines.reduce((sum, line) => sum + Math.max(0, inHand(line)), 0),
				},
			];
		})
		.sort(
			(a, b) =>
				stepOrder.indexOf(a.step) - stepOrder.indexOf(b.step) ||
				(a.transfer.expectedOn < b.transfer.expectedOn ? -1 : a.transfer.expectedOn > b.transfer.expectedOn ? 1 : 0),
		);
}

/** Named units as far as they reach, and the rest without a name. */
function withNames(sku: string, quantity: number, named: readonly NamedUnits[]): readonly NamedUnits[] {
	let left = quantity;
	const known = named.flatMap((units): readonly NamedUnits[] => {
		const taken = Math.min(left, units.quantity);
		left -= taken;
		if (taken === 0) return [];
		const { serials, ...rest } = units;
		return [{ ...rest, quantity: taken, ...(serials === undefined ? {} : { serials: serials.slice(0, taken) }) }];
	});
	return left > 0 ? [...known, { sku, quantity: left }] : known;
}

/** All that is in hand and leaves with the next sending. */
export function unitsInHand({ lines, inHand: named = [] }: Transfer): readonly NamedUnits[] {
	return lines.flatMap((line) =>
		withNames(
			line.sku,
			Math.max(0, inHand(line)),
			named.filter(({ sku }) => sku === line.sku),
		),
	);
}

/** What is in hand and in no box. */
export function unboxedUnits(transfer: Transfer): readonly NamedUnits[] {
	const packed = transfer.boxes.flatMap(({ lines }) => lines);
	return transfer.lines.flatMap((line) => {
		const own = packed.filter(({ sku }) => sku === line.sku);
		const boxed = own.reduce((sum, { quantity }) => sum + quantity, 0);
		const serials = new Set(own.flatMap((units) => units.serials ?? []));
		const lots = Map.groupBy(own, ({ lot }) => lot);
		const left = (transfer.inHand ?? [])
			.filter(({ sku }) => sku === line.sku)
			.flatMap((units): readonly NamedUnits[] => {
				if (units.serials !== undefined) {
					const free = units.serials.filter((serial) => !serials.has(serial));
					return free.length === 0 ? [] : [{ ...units, quantity: free.length, serials: free }];
				}
				const inBoxes = (lots.get(units.lot) ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
				return units.quantity > inBoxes ? [{ ...units, quantity: units.quantity - inBoxes }] : [];
			});
		return withNames(line.sku, Math.max(0, line.picked - boxed), left);
	});
}

/** Until when the other site may take, or a delivery is on its way, in days, unless both agree otherwise. */
export const usualDays = 2;

/** The sites with which goods can be exchanged, as choices by name. */
export function otherSites(
	sites: readonly Site[],
	ownSiteId: string,
): readonly { readonly value: string; readonly label: string }[] {
	return sites
		.filter(({ id, kind }) => id !== ownSiteId && kind !== 'supplier')
		.map(({ id, name }) => ({ value: id, label: name }))
		.sort((a, b) => a.label.localeCompare(b.label));
}

/** A number that can be read out: letters and digits of the transfer's id that are not taken for each other (Crockford's base 32). */
export function transferNumber(id: string): string {
	const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	let rest = BigInt(`0x${id.replaceAll('-', '').slice(-14)}`);
	let text = '';
	while (text.length < 7) {
		text = alphabet.charAt(Number(rest % 32n)) + text;
		rest /= 32n;
	}
	return `T${text}`;
}
