import { type InvitationLetter, invitationLetters } from './invitation-letter.js';

const title = (words: string, organizationId: string | null, preferred: boolean) => ({
  ...{ title: words, organizationId, organization: organizationId && `Organization ${organizationId}` },
  ...{ source: null, preferred, asOf: '2037-01-01' },
});

const letter = (fields: Partial<InvitationLetter> = {}): InvitationLetter => ({
  sender: { name: 'Chamber', email: 'a@b.example', postalAddress: '1 K Street' },
  mission: {
    ...{
      name: 'Mission',
      startsOn: '2037-03-09',
      endsOn: '2037-03-09',
      hostCountry: 'US',
      timeZone: 'America/New_York',
    },
    ...{ objectives: null, sponsor: null, owner: null },
  },
  delegate: {
    ...{ role: 'observer', organizationId: 'a', organization: 'Organization a', locale: null },
    ...{ arrivesAt: null, departsAt: null },
  },
  person: {
    ...{ id: 'p', fullName: 'Ann', honorific: null, nativeName: 'Ann', country: null },
    titles: [title('Chair', 'b', true), title('Engineer', 'a', false)],
  },
  cities: [],
  writtenAt: new Date('2037-01-01T02:00:00Z'),
  ...fields,
});

const said = (one: InvitationLetter) => JSON.stringify(invitationLetters([one], {}).content);

describe('a letter of invitation', () => {
  it('names the title held where the delegate comes from, not another, and dates by the clocks of the mission', () => {
    expect(said(letter())).toContain('Engineer');
    expect(said(letter())).not.toContain('Chair');
    expect(said(letter())).toContain('December 31, 2036');
  });

  it('of somebody who comes for nobody has the preferred title', () => {
    const { delegate } = letter();
    const forNobody = said(letter({ delegate: { ...delegate, organizationId: null, organization: null } }));
    expect(forNobody).toContain('Chair');
    expect(forNobody).toContain('Organization b');
  });

  it('says nothing of what is not known: sponsor, cities, arrival, purpose, who signs', () => {
    expect(said(letter())).not.toMatch(/Sponsor|Cities|Arrival|Departure|Purpose|null|undefined/);
  });

  it('of one day names that day only', () => {
    expect(said(letter())).toContain('"March 9, 2037"');
  });
});
