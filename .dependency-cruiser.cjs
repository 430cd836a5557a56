// Who may import whom: the folder list is the architecture.
const tests = '[.](test|pg[.]test)[.]tsx?$';

/** One side may use shared and itself, nothing else of ours. Its tests may also use test/. */
const side = (name, others) => ({
	name: `${name}-stays-on-its-side`,
	severity: 'error',
	from: { path: `^${name}/`, pathNot: tests },
	to: { path: `^(${others.join('|')})/` },
});

module.exports = {
	forbidden: [
		side('shared', ['renderer', 'electron', 'sync-server', 'build', 'test']),
		side('renderer', ['electron', 'sync-server', 'build', 'test']),
		side('electron', ['renderer', 'sync-server', 'build', 'test']),
		side('sync-server', ['renderer', 'electron', 'build', 'test']),
		side('build', ['renderer', 'electron', 'test']),
		{
			name: 'workflows-do-not-know-each-other',
			severity: 'error',
			from: { path: '^renderer/src/work/([^/]+)/' },
			to: { path: '^renderer/src/work/[^/]+/', pathNot: '^renderer/src/work/$1/' },
		},
		{
			name: 'routes-go-through-services',
			comment: 'Routes hold no rules and no queries: both are in central/<service>, ingest and feed.',
			severity: 'error',
			from: { path: '^sync-server/http/', pathNot: tests },
			to: { path: ['^sync-server/database/', '^node_modules/(kysely|pg)/'], dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'no-cycles',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'nothing-unresolved',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true, pathNot: '^(virtual:|electron$)|[?]' },
		},
	],
	options: {
		// The TypeScript parser can't read with TypeScript 7, and then finds 0 modules without a word.
		parser: 'swc',
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)(dist|[.]backstock|test-results)/' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'browser', 'node', 'default', 'types'],
			extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
		},
	},
};
