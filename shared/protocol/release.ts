/**
 * Counts the releases whose operations, documents or messages differ. A device names its own in the header below, the server in
 * its answers. Operations of every release are taken in for ever.
 */
export const release = 3;
/** Devices older than this get no documents until they are updated; their operations are taken in all the same. */
export const oldestPullingRelease = 2;
/** What a device that names no release has: the last one that did not. */
export const silentRelease = 2;
export const releaseHeader = 'backstock-release';
