import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { fixturePath, knownBound, readFixture } from '../../test/routing-for-tests.ts';
import { checkSolution } from '../central/routing/engine/check-solution.ts';
import { gapOf } from '../central/routing/engine/unavoidable.ts';

const folder = mkdtempSync(join(tmpdir(), 'backstock-route-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = fileURLToPath(new URL('./route-command.ts', import.meta.url));

function route(...words: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
		encoding: 'utf8',
		env: { ...process.env, INIT_CWD: folder },
	});
	return { status, said: stdout.trimEnd().split('\n'), complained: stderr.trimEnd() };
}

test('the command routes a packed instance near the optimum, and says what it did', () => {
	const { status, said } = route(fileURLToPath(fixturePath('us-200x50-r4')), 'solution.json', '--seconds', '5');
	const solution = JSON.parse(readFileSync(join(folder, 'solution.json'), 'utf8'));
	const checked = checkSolution(readFixture('us-200x50-r4').problem, solution);
	const { bound, unavoidable } = knownBound('us-200x50-r4');
	expect(status).toBe(0);
	expect(checked.faults).toEqual([]);
	expect(gapOf(checked.cost, bound, unavoidable)).toBeLessThan(0.01);
	expect(said).toContain('orders[62].lines[0].sku: No site stocks SKU "82483". Its unit stays unfilled.');
	expect(said).toContain('200 orders, 479 units, 50 sites.');
	expect(said).toContainEqual(expect.stringMatching(/^Cost: 4,3\d\d\.\d\d USD \(shipping .*\); \d+ parcels\.$/));
	expect(said).toContain('Unfilled: 16 units. What no routing can save: 960.00 USD.');
	expect(said).toContainEqual(
		expect.stringMatching(/^No solution costs less than 4,3\d\d\.\d\d USD: the gap is 0\.\d\d % /),
	);
	expect(said.at(-1)).toBe(`Written to ${join(folder, 'solution.json')}.`);
});

test('what is left out is told with its place, the rest is routed, and the exit code is 2', () => {
	const instance = {
		params: { zoneUpperKm: [], zoneFixed: [5], zonePerUnit: [1], splitPenalty: 1, unfilledPenalty: 20 },
		sites: [{ id: 'A', lat: 0, lon: 0, capacity: 9, handlingCost: 0 }],
		stock: [{ site: 'A', sku: 'apple', qty: 9 }],
		orders: [
			{ id: 'O1', lat: 1, lon: 1, lines: [{ sku: 'apple', qty: 2 }] },
			{ id: 'O1', lat: 1, lon: 1, lines: [{ sku: 'apple', qty: 2 }] },
		],
	};
	writeFileSync(join(folder, 'partly.json'), JSON.stringify(instance));
	const { status, said } = route('partly.json', 'partly-solution.json');
	expect(status).toBe(2);
	expect(said[0]).toBe('orders[1].id: "O1" stands in the list already. The order was left out.');
	expect(JSON.parse(readFileSync(join(folder, 'partly-solution.json'), 'utf8'))).toEqual({
		assignments: [{ order: 'O1', sku: 'apple', site: 'A', qty: 2 }],
		unfilled: [],
	});
});

test('what can not be routed at all is said in words, and the exit code is 1', () => {
	writeFileSync(join(folder, 'nonsense.json'), 'not an instance');
	writeFileSync(join(folder, 'empty.json'), JSON.stringify({ params: {} }));
	const refusals: [words: string[], complaint: string][] = [
		[[], 'Usage: npm run route -- instance.json[.gz] solution.json [--seconds 10]'],
		[['missing.json', 'solution.json'], `There is no file ${join(folder, 'missing.json')}.`],
		[
			['nonsense.json', 'solution.json'],
			`${join(folder, 'nonsense.json')} can't be routed. This is no JSON from line 1, column 1 on.`,
		],
		[['empty.json', 'empty.json'], 'The solution would overwrite the instance. Give it another name.'],
	];
	for (const [words, complaint] of refusals) {
		const { status, complained } = route(...words);
		expect(complained).toBe(complaint);
		expect(status).toBe(1);
	}
});
