import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

interface PdfMaker {
	createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> };
	addVirtualFileSystem(files: unknown): void;
}

let maker: Promise<PdfMaker> | undefined;

/** The maker and its fonts weigh 2 MB and are needed once a box is closed, so they come in chunks of their own; both are on the device. */
async function openMaker(): Promise<PdfMaker> {
	const [library, fonts] = await Promise.all([
		import('pdfmake/build/pdfmake.js'),
		import('pdfmake/build/vfs_fonts.js'),
	]);
	const opened: PdfMaker = library.default;
	opened.addVirtualFileSystem(fonts.default);
	return opened;
}

/** Makes the PDF here, without the network. */
export async function makePdf(definition: TDocumentDefinitions): Promise<Uint8Array<ArrayBuffer>> {
	maker ??= openMaker();
	// A chunk that could not be read once may be readable the next time.
	maker.catch(() => {
		maker = undefined;
	});
	return new Uint8Array(await (await maker).createPdf(definition).getBuffer());
}
