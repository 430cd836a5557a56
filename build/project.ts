import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where this installation keeps its data: BACKSTOCK_DATA, or `.backstock` in the project. */
export function dataFolder(): string {
	const chosen = process.env.BACKSTOCK_DATA;
	return chosen ? resolve(chosen) : join(projectFolder, '.backstock');
}

/** The program of a package, as npm links it. */
export function packageProgram(name: string): string {
	return join(projectFolder, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

export function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
