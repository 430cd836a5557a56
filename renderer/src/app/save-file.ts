/** Hands something to the browser as a download with this name. */
export function saveFile(content: BlobPart, name: string, type: string): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser reads the bytes after the click has returned.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
