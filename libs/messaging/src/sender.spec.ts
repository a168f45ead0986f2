import { senderOf } from './sender.js';

describe('the sender of mails', () => {
  it.each([
    ['events@chamber.example', 'chamber.example', 'events@chamber.example'],
    ['Chamber Events <events@chamber.example>', 'Chamber Events', 'events@chamber.example'],
    ['"U.S.-Azerbaijan Chamber" <events@chamber.example>', 'U.S.-Azerbaijan Chamber', 'events@chamber.example'],
    ['Chamber, Inc. @ Baku <events@chamber.example>', 'Chamber, Inc. @ Baku', 'events@chamber.example'],
    ['Палата <events@chamber.example>', 'Палата', 'events@chamber.example'],
    ['A\u2028B\tC <events@chamber.example>', 'A B C', 'events@chamber.example'],
  ])('of %s is %s', (mailFrom, name, address) =>
    expect(senderOf(mailFrom)).toEqual({ name, address, domain: 'chamber.example' }),
  );
});
