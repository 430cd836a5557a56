export { boxLabel, boxLabelFileName } from './box-label.ts';
export { type Delivery, printPdf, savePdf } from './deliver-pdf.ts';
export { type PackingSlip, packingSlip, packingSlipFileName } from './packing-slip.ts';
export { type PickupReceipt, pickupReceipt, pickupReceiptFileName } from './pickup-receipt.ts';
