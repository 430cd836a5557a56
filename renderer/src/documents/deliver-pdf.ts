import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { makePdf } from './make-pdf.ts';

/** Where a document went. */
export type Delivery = 'printed' | 'saved';

const keptForMs = 120_000;
let printFrame: HTMLIFrameElement | undefined;

async function addressOf(definition: TDocumentDefinitions): Promise<string> {
	const address = URL.createObjectURL(new Blob([await makePdf(definition)], { type: 'application/pdf' }));
	// The print dialog and the download read it after this call; nobody tells when they have done so.
	setTimeout(() => URL.revokeObjectURL(address), keptForMs);
	return address;
}

/** Puts the document into the downloads. */
export async function savePdf(definition: TDocumentDefinitions, fileName: string): Promise<Delivery> {
	const link = document.createElement('a');
	link.href = await addressOf(definition);
	link.download = fileName;
	link.click();
	return 'saved';
}

/**
 * Sends the document to the printer, by the browser's dialog or, on a counter that is set up for it, silently. Where PDFs can't be shown they
 * can't be printed either: then it is saved.
 */
export async function printPdf(definition: TDocumentDefinitions, fileName: string): Promise<Delivery> {
	// Nobody answers a print dialog where a program drives the browser; Chromium without a screen even falls over it.
	if (!navigator.pdfViewerEnabled || navigator.webdriver) return await savePdf(definition, fileName);
	const address = await addressOf(definition);
	printFrame?.remove();
	const frame = document.createElement('iframe');
	printFrame = frame;
	// Hidden by its place: what is not displayed is not printed.
	frame.style.cssText = 'position:fixed;right:0;bottom:0;width:1px;height:1px;border:0;opacity:0';
	frame.setAttribute('aria-hidden', 'true');
	frame.tabIndex = -1;
	return await new Promise((resolve, reject) => {
		frame.onload = () => {
			try {
				const { contentWindow } = frame;
				contentWindow?.focus();
				contentWindow?.print();
				resolve('printed');
			} catch (error) {
				reject(error);
			} finally {
				// Else the next scan would go into the frame.
				window.focus();
			}
		};
		frame.onerror = () => reject(new Error('The document could not be shown'));
		frame.src = address;
		document.body.append(frame);
	});
}
