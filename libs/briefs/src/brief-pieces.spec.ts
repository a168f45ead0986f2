import { kept } from '#documents';
import { below, heading } from './brief-pieces.js';

describe('what stands below a heading', () => {
  const title = heading('Past meetings');

  it('stays with it on one page, and what comes after is free to go', () => {
    const [first, second] = [kept('Talks', 'They agreed.'), kept('Call')];
    expect(below([title], [first, second])).toEqual([kept(title, first), second]);
  });

  it('leaves at least its first line there where it is too long to be kept together', () => {
    const long = 'word '.repeat(400);
    expect(below([title], [kept('Talks', long), kept('Call')])).toEqual([kept(title, 'Talks'), long, kept('Call')]);
  });
});
