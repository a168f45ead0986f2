import { compareOrganizations, comparePeople, isTypo, likeness } from './duplicate-names.js';
import { type OrganizationFacts, type PersonFacts, scoreOrganizations, scorePeople } from './duplicate-score.js';

const person = (name: string, more: Partial<PersonFacts> = {}): PersonFacts => ({
  names: [name],
  nativeName: null,
  emails: [],
  phone: null,
  country: null,
  organizationIds: [],
  ...more,
});

const organization = (id: string, name: string, more: Partial<OrganizationFacts> = {}): OrganizationFacts => ({
  id,
  names: [name],
  domain: null,
  country: null,
  parentId: null,
  ...more,
});

const likely = (a: string, b: string, more: Partial<PersonFacts> = {}): number =>
  scorePeople(person(a, more), person(b, more))?.score ?? 0;

describe('two names of people', () => {
  it.each([
    ['Elnur Aliyev', 'Əliyev Elnur', 'same_key'],
    ['Elnur Aliyev', 'ALIYEV, Elnur', 'same_spelling'],
    ['Məmmədov Elnur', 'Эльнур Мамедов', 'same_key'],
    ['Carl B. Kress', 'Carl Kress', 'same_key'],
    ['John Hill', 'John Gill', 'same_key'],
    ['Elnur Rashid Aliyev', 'Elnur Aliyev', 'subset'],
    ['E. Aliyev', 'Elnur Aliyev', 'initials'],
    ['Elnur Aliyev', 'Elnur Alyiev', 'same_key'],
    ['Elnur Mamedvo', 'Elnur Mamedov', 'similar'],
    ['Aliyev', 'Elnur Aliyev', 'partial'],
    ['Elnur Aliyev', 'Ilham Aliyev', 'contradicts'],
    ['Elnur Aliyev', 'Elnur Mammadov', 'renamed'],
    ['Vuqar Aliyev', 'Vuqara Aliyeva', 'contradicts'],
    ['Rashid Aliyev', 'Rashad Aliyev', 'contradicts'],
    ['Elnur Aliyev', 'Ben Harrow', 'unrelated'],
    ['Su Le', 'Le Su', 'same_spelling'],
  ])('%s and %s: %s', (a, b, relation) => {
    expect(comparePeople([a], [b])).toBe(relation);
    expect(comparePeople([b], [a])).toBe(relation);
  });

  it('are compared by the best of all names each has', () => {
    expect(comparePeople(['Elnur A.', 'Эльнур Алиев'], ['Nobody', 'Elnur Aliyev'])).toBe('same_key');
  });
});

describe('a slip of the hand', () => {
  it.each([
    ['mamedov', 'mamedvo', true],
    ['mamedov', 'mamdov', true],
    ['guseinov', 'gusseinov', true],
    ['rashid', 'rashad', false],
    ['aliev', 'alieva', false],
    ['elnur', 'elmar', false],
    ['anar', 'anra', false],
  ])('%s, %s: %s', (a, b, expected) => {
    expect([isTypo(a, b), isTypo(b, a)]).toEqual([expected, expected]);
  });
});

describe('the likelihood that two people are one', () => {
  it('grows with every sign', () => {
    const [name, email] = ['Elnur Aliyev', { emails: ['e@example.com'] }];
    expect(likely(name, 'Ellnur Aliyyeev')).toBeLessThan(likely(name, name));
    expect(likely(name, name)).toBeLessThan(likely(name, name, email));
    expect(likely(name, name, email)).toBeLessThan(1);
    expect(likely('John Hill', 'John Gill')).toBeLessThan(likely('John Hill', 'John Hill'));
  });

  it('is none for different given names of one family, whatever they share', () => {
    const shared = { emails: ['office@example.com'], phone: '+994121112233', organizationIds: ['x'], country: 'AZ' };
    expect(likely('Elnur Aliyev', 'Ilham Aliyev', shared)).toBe(0);
    expect(likely('Elnur Aliyev', 'Elnur Mammadov', { ...shared, emails: [], phone: null })).toBe(0);
  });

  it('leaves an address that two different names share for people to judge', () => {
    expect(
      scorePeople(person('Aysel Quliyeva', { emails: ['a@x.az'] }), person('Ben Harrow', { emails: ['a@x.az'] })),
    ).toEqual({
      score: 0.5,
      reasons: [{ code: 'same_email', message: 'The same e-mail address.' }],
    });
  });

  it('shrinks with another country and another organization', () => {
    const score = (more: Partial<PersonFacts>) =>
      scorePeople(person('Elnur Aliyev', { country: 'AZ', organizationIds: ['a'] }), person('Elnur Aliyev', more))
        ?.score;
    expect(score({ country: 'AZ', organizationIds: ['a'] })).toBe(0.9);
    expect(score({ country: 'US', organizationIds: ['a'] })).toBe(0.54);
    expect(score({ country: 'AZ', organizationIds: ['b'] })).toBe(0.72);
  });

  it('takes no extension for a telephone number', () => {
    const score = (phone: string, other: string) =>
      scorePeople(person('E. Aliyev', { phone }), person('Elnur Aliyev', { phone: other }))?.score;
    expect(score('+994 50 123 45 67', '(050) 123-45-67')).toBe(0.8);
    expect(score('1234', '1234')).toBe(0.5);
  });
});

describe('the likelihood that two organizations are one', () => {
  it.each([
    [['Caspian Bridge MMC'], ['CASPIAN BRIDGE, LLC'], 'same_name'],
    [['SOCAR'], ['State Oil Company', 'SOCAR'], 'same_alias'],
    [['Azerbaijan Railways'], ['Azerbaijan Railway'], 'similar'],
    [['School 6'], ['School 16'], 'unrelated'],
    [['Northern Bank'], ['Southern Mill'], 'unrelated'],
  ])('compares %s with %s: %s', (a, b, relation) => {
    expect(compareOrganizations(a, b)).toBe(relation);
  });

  it('is high for one website, but not for a page on a site of many', () => {
    const score = (domain: string) =>
      scoreOrganizations(organization('a', 'Silk Weavers', { domain }), organization('b', 'Dye Works', { domain }))
        ?.score;
    expect([score('silk.example.az'), score('facebook.com')]).toEqual([0.55, undefined]);
  });

  it('is halved between parent and child', () => {
    const [parent, child] = [
      organization('a', 'Holding', { domain: 'x.az' }),
      organization('b', 'Holding LLC', { domain: 'x.az' }),
    ];
    expect(scoreOrganizations(parent, child)?.score).toBe(0.95);
    expect(scoreOrganizations(parent, { ...child, parentId: 'a' })?.score).toBe(0.48);
  });

  it('counts trigrams as the database does', () => {
    expect(likeness('word', 'word')).toBe(1);
    expect(likeness('word', 'two words')).toBeCloseTo(4 / 11);
    expect(likeness('', '')).toBe(0);
  });
});
