import { code128, type DrawingContext, drawingSVG, gs1_128, qrcode, type RenderOptions } from 'bwip-js/generic';

// The library's types take every drawing for one that is promised; this one is made at once.
type Draw = (options: RenderOptions, drawing: DrawingContext<string>) => string;

/** A Code 128 of the text as SVG, one unit of its view box to a quarter of its narrowest bar; no text below. */
export function barcodePicture(text: string): string {
	return (code128 as Draw)({ bcid: 'code128', text, height: 12, paddingwidth: 10 }, drawingSVG());
}

/** A GS1-128 of a serial shipping container code (00) as SVG; no text below. */
export function ssccPicture(sscc: string): string {
	const text = `(00)${sscc}`;
	return (gs1_128 as Draw)({ bcid: 'gs1-128', text, height: 16, paddingwidth: 10 }, drawingSVG());
}

/** A QR code of the text as SVG, with the quiet zone that the standard asks for (4 modules). */
export function qrPicture(text: string): string {
	return (qrcode as Draw)({ bcid: 'qrcode', text, paddingwidth: 4, paddingheight: 4 }, drawingSVG());
}
