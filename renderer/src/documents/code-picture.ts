import { code128, type DrawingContext, drawingSVG, qrcode, type RenderOptions } from 'bwip-js/generic';

// The library's types take every drawing for one that is promised; this one is made at once.
type Draw = (options: RenderOptions, drawing: DrawingContext<string>) => string;

/** A Code 128 of the text as SVG, one unit of its view box to a quarter of its narrowest bar; no text below. */
export function barcodePicture(text: string): string {
	return (code128 as Draw)({ bcid: 'code128', text, height: 12, paddingwidth: 10 }, drawingSVG());
}

/** A QR code of the text as SVG, with the quiet zone that the standard asks for (4 modules). */
export function qrPicture(text: string): string {
	return (qrcode as Draw)({ bcid: 'qrcode', text, paddingwidth: 4, paddingheight: 4 }, drawingSVG());
}
