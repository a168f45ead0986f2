import {
  demandChoices,
  leftValues,
  type Member,
  mergedValues,
  type MergeFields,
  withoutAdded,
} from './merge-values.js';

const FIELDS: MergeFields = {
  scalars: ['fullName', 'nativeName', 'email', 'phone'],
  lists: ['aliases', 'otherEmails'],
  names: ['fullName', 'nativeName'],
  keptIn: { email: 'otherEmails' },
};
const kept: Member = {
  id: 'k',
  fullName: 'Leyla',
  nativeName: null,
  email: null,
  phone: '1',
  aliases: ['L'],
  otherEmails: [],
};
const first: Member = {
  id: 'a',
  fullName: 'Leila',
  nativeName: 'Лейла',
  email: 'l@x.az',
  phone: '2',
  aliases: ['l', 'Lala'],
  otherEmails: ['x@x.az'],
};
const second: Member = {
  id: 'b',
  fullName: 'leyla',
  nativeName: 'Лела',
  email: 'b@x.az',
  phone: '1',
  aliases: [],
  otherEmails: [],
};

describe('the values of a merged record', () => {
  it('are its own, then the first there are; no name and no address is lost', () => {
    expect(mergedValues(kept, [first, second], {}, FIELDS)).toEqual({
      fullName: 'Leyla',
      nativeName: 'Лейла',
      email: 'l@x.az',
      phone: '1',
      aliases: ['L', 'Lala', 'Leila', 'Лела'],
      otherEmails: ['x@x.az', 'b@x.az'],
    });
  });

  it('are those of whom was chosen, even where that is none', () => {
    const result = mergedValues(kept, [first, second], { fullName: 'a', email: 'k', nativeName: 'b' }, FIELDS);
    expect(result).toMatchObject({
      fullName: 'Leila',
      email: null,
      nativeName: 'Лела',
      otherEmails: ['l@x.az', 'x@x.az', 'b@x.az'],
    });
    expect(result.aliases).toEqual(['L', 'Lala', 'Leyla', 'Лейла']);
  });

  it('leave behind only what has no place, and name it', () => {
    const result = mergedValues(kept, [first, second], {}, FIELDS);
    expect(leftValues(result, [kept, first, second], FIELDS)).toEqual([
      { field: 'phone', kept: '1', id: 'a', value: '2' },
    ]);
  });

  it('cannot be chosen from elsewhere', () => {
    expect(() => demandChoices({ phone: 'k' }, ['k', 'a'], FIELDS)).not.toThrow();
    const unsound: Record<string, string>[] = [{ phone: 'z' }, { shoes: 'k' }, { aliases: 'k' }, { constructor: 'k' }];
    for (const choices of unsound) expect(() => demandChoices(choices, ['k', 'a'], FIELDS)).toThrow();
  });
});

describe('a list after a revert', () => {
  it('is without what the merge added, and with what people added since', () => {
    expect(withoutAdded(['a', 'm', 'n'], ['a', 'b'], ['a', 'm'])).toEqual(['a', 'n', 'b']);
  });
});
