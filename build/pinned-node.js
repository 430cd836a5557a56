// Plain JavaScript, loaded before each command: an older Node can't even read the TypeScript that follows.
const wanted = 26;
if (Number.parseInt(process.versions.node, 10) < wanted) {
	console.error(
		`Backstock runs on Node ${wanted}, which it brings along; this is Node ${process.versions.node}.\n` +
			'Run `npm ci` (with install scripts allowed: the package "node" needs its own), then the same command through npm again.',
	);
	process.exit(1);
}
