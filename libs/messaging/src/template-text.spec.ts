import { BUILT_IN } from './built-in/index.js';
import { wholeDocument } from './mail-layout.js';
import { compileMjml } from './mjml-compiler.js';
import { fieldFaults, partFaults, renderHtml, renderSubject, renderText } from './template-text.js';

/** What a mail about an event must tell. */
const EVENT = /Energy & Co[^]*Tuesday[^]*Gas[^]*Grid/;
/** What the others are about. */
const OWN_FACT: Record<string, RegExp> = {
  membership_reminder: /Energy & Co[^]*March 31, 2026/,
  task_digest: /Energy & Co[^]*\(7\)[^]*Oil/,
  bad_address: /Energy & Co[^]*gone@example.com/,
};

const sections = (names: string[]): string =>
  names.map((name) => `{{#${name}}}`).join('') +
  names
    .toReversed()
    .map((name) => `{{/${name}}}`)
    .join('');

describe('a template', () => {
  it('of the house is sound, in every language', async () => {
    const faults = BUILT_IN.flatMap(({ key, locale, subject, body }) =>
      fieldFaults(key, { subject, body: wholeDocument(key, locale, body) }),
    );
    expect(faults).toEqual([]);
    const compiled = await compileMjml(BUILT_IN.map(({ key, locale, body }) => wholeDocument(key, locale, body)));
    expect(compiled.flatMap(({ errors, unsafe }) => [...errors, ...unsafe])).toEqual([]);
    expect(BUILT_IN.flatMap(({ key }, i) => partFaults(key, compiled[i] ?? { html: '', text: '' }))).toEqual([]);
    for (const [index, { html, text }] of compiled.entries()) {
      expect(html).toContain('{{postalAddress}}');
      expect(text).toContain('{{postalAddress}}');
      const view = {
        title: 'Energy & Co',
        recipientName: 'Leyla Məmmədova',
        when: 'Tuesday',
        topics: ['Gas', 'Grid'],
        lines: ['gone@example.com'],
        overdue: ['Oil'],
        overdueCount: '7',
        endsOn: 'March 31, 2026',
        respondUrl: 'http://x/rsvp/1',
      };
      const key = BUILT_IN[index]?.key ?? '';
      expect(renderText(text, view)).toMatch(OWN_FACT[key] ?? EVENT);
      expect(renderHtml(html, view)).toContain('Energy &amp; Co');
    }
  });

  it.each([
    ['an unknown field', '{{salary}}', 'unknown_field'],
    ['a prototype', '{{__proto__}}', 'unknown_field'],
    ['a path', '{{title.constructor}}', 'unknown_field'],
    ['an unescaped value', '{{{title}}}', 'broken_template'],
    ['an unescaped value by ampersand', '{{& title}}', 'broken_template'],
    ['a partial', '{{> title}}', 'broken_template'],
    ['delimiters of its own', '{{=<% %>=}}<% salary %>', 'broken_template'],
    ['an open section', '{{#title}}', 'broken_template'],
    ['a list in itself', '{{#lines}}{{#topics}}{{#lines}}x{{/lines}}{{/topics}}{{/lines}}', 'broken_template'],
    ['too many sections in one another', sections(['title', 'place', 'note', 'about']), 'broken_template'],
    ['a thousand sections in one another', '{{#title}}'.repeat(1_000) + '{{/title}}'.repeat(1_000), 'broken_template'],
    ['a megabyte of text', 'x'.repeat(1_000_000), 'broken_template'],
  ])('with %s cannot be saved', (_, body, code) => {
    expect(fieldFaults('notice', { subject: 'x', body })).toEqual([
      expect.objectContaining({ pointer: '/body', code }),
    ]);
  });

  it('for invitations must say how to answer', () => {
    expect(fieldFaults('invitation', { subject: 'x', body: 'Come! {{unsubscribeUrl}}' })).toEqual([
      expect.objectContaining({ code: 'missing_field', message: expect.stringContaining('{{respondUrl}}') as string }),
    ]);
  });

  it('cannot be made to start a new header', () => {
    const subject = renderSubject('Reminder: {{title}}', { title: 'A\r\nBcc: all@example.com\u2028\0' });
    expect(subject).toBe('Reminder: A Bcc: all@example.com');
  });

  it('does not turn its subject around, and cuts it between characters', () => {
    expect(renderSubject('{{title}}', { title: 'invoice\u202Efdp.exe\u2066' })).toBe('invoicefdp.exe');
    expect(renderSubject('{{title}}', { title: '🎉'.repeat(400) })).toBe('🎉'.repeat(300));
  });

  it('escapes values in HTML and leaves them alone in text', () => {
    const view = { title: '<script>alert(1)</script>' };
    expect(renderHtml('<b>{{title}}</b>', view)).toBe('<b>&lt;script&gt;alert(1)&lt;&#x2F;script&gt;</b>');
    expect(renderText('{{title}}', view)).toBe('<script>alert(1)</script>');
  });

  it('reports broken MJML with its line', async () => {
    const [compiled] = await compileMjml(['<mjml><mj-body><mj-sektion></mj-sektion></mj-body></mjml>']);
    expect(compiled?.errors.join()).toMatch(/Line 1: .*mj-sektion/);
  });
});
