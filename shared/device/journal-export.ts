import type { JournalFolder } from './ports.ts';
import { joined } from './record-log.ts';

/**
 * All files of the folder in one: for each a line of JSON `{"file": name, "bytes": count}` and then its bytes as they are,
 * damaged ones too. A file that can't be read is told of with `"error"` and no bytes.
 */
export async function exportFolder(folder: JournalFolder): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	const line = (content: object) => new TextEncoder().encode(`${JSON.stringify(content)}\n`);
	for (const file of [...(await folder.list())].sort()) {
		try {
			const bytes = await folder.read(file);
			parts.push(line({ file, bytes: bytes.length }), bytes);
		} catch (error) {
			parts.push(line({ file, bytes: 0, error: String(error) }));
		}
	}
	return joined(parts);
}
