import { expect, test } from 'vitest';
import type { Associate } from '../../../shared/schema/associate.ts';
import { findAssociates } from './find-associate.ts';

const named = (name: string): Associate => ({ id: name, kind: 'associate', siteId: 'S-1', name, roles: ['associate'] });
const people = [named('Zoë Hall'), named('Ana García'), named('Jo Hallam')];
const found = (typed: string) => findAssociates(people, typed).map(({ name }) => name);

test('a first or a last name finds somebody, without accents and in any case', () => {
	expect(found('zoe')).toEqual(['Zoë Hall']);
	expect(found('HALL')).toEqual(['Jo Hallam', 'Zoë Hall']);
	expect(found('garc')).toEqual(['Ana García']);
});

test('nothing typed shows everybody in order; the middle of a name finds nobody', () => {
	expect(found('')).toEqual(['Ana García', 'Jo Hallam', 'Zoë Hall']);
	expect(found('allam')).toEqual([]);
});
