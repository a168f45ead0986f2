import type { PersonMatch } from '#members';
import { choosePerson } from './participant-choice.js';

const person = (id: string, organizationIds: string[], by: PersonMatch['by'] = 'name'): PersonMatch => ({
  asked: 0,
  by,
  id,
  fullName: 'Elnur Aliyev',
  organizationIds,
  title: null,
  organizationId: organizationIds[0] ?? null,
  organization: null,
  current: true,
});
const named = { name: 'Elnur Aliyev', side: 'visiting' as const };
const ministry = { id: 'ministry' };

describe('who is meant by a participant', () => {
  it('is the only bearer of the name', () => {
    expect(choosePerson(named, [person('a', ['bank'])], null)).toMatchObject({ one: { id: 'a' } });
  });

  it('is the namesake who holds a position at the organization', () => {
    expect(choosePerson(named, [person('a', ['bank']), person('b', ['ministry'])], ministry)).toMatchObject({
      one: { id: 'b' },
    });
  });

  it('is unclear between namesakes', () => {
    expect(choosePerson(named, [person('a', ['bank']), person('b', ['ministry'])], null)).toMatchObject({
      several: [{ id: 'a' }, { id: 'b' }],
    });
  });

  it('is nobody whose known positions are all elsewhere', () => {
    expect(choosePerson(named, [person('a', ['bank'])], ministry)).toMatchObject({ none: [{ id: 'a' }] });
    expect(choosePerson(named, [person('a', ['bank'])], { missing: 'New Ministry' })).toMatchObject({
      none: [{ id: 'a' }],
    });
  });

  it('may be somebody of whom no position is known', () => {
    expect(choosePerson(named, [person('a', ['bank']), person('b', [])], ministry)).toMatchObject({ one: { id: 'b' } });
  });

  it('is whoever has the address, whatever the name', () => {
    const matches = [person('a', [], 'email'), person('b', ['ministry'])];
    expect(choosePerson({ ...named, email: 'a@example.com' }, matches, null)).toMatchObject({ one: { id: 'a' } });
  });

  it('is found once by two of their names', () => {
    expect(choosePerson(named, [person('a', []), person('a', [])], null)).toMatchObject({ one: { id: 'a' } });
  });
});
