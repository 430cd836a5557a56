export { barcodePicture, qrPicture } from './code-picture.ts';
export { type Delivery, printPdf, savePdf } from './deliver-pdf.ts';
export { makePdf } from './make-pdf.ts';
export { type PackingSlip, packingSlip, packingSlipFileName } from './packing-slip.ts';
export { type PickupReceipt, pickupReceipt } from './pickup-receipt.ts';
