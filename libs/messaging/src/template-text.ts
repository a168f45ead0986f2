import Mustache from 'mustache';
import type { FieldFault } from '#faults';
import { fieldsOf, type MailView, requiredFieldsOf } from './template-fields.js';

const MAX_LENGTH = 100_000;
/** Sections inside sections; each may repeat what it holds for every line of a list. */
const MAX_DEPTH = 3;

/** What is wrong with a template's fields, each fault with the pointer of the property it is in. */
export function fieldFaults(key: string, source: { subject: string; body: string }): FieldFault[] {
  const named = new Set<string>();
  const faults = (['subject', 'body'] as const).flatMap((property) => {
    const names = fieldNames(source[property]);
    if (names instanceof Error) return [fault(property, 'broken_template', names.message)];
    for (const name of names) named.add(name);
    const allowed: readonly string[] = fieldsOf(key);
    return names
      .filter((name) => !allowed.includes(name))
      .map((name) =>
        fault(property, 'unknown_field', `{{${name}}} is not a field of ${key}; fields are ${allowed.join(', ')}.`),
      );
  });
  const missing = requiredFieldsOf(key).filter((name) => !named.has(name));
  if (faults.length > 0) return faults;
  return missing.map((name) => fault('body', 'missing_field', `A template for ${key} must contain {{${name}}}.`));
}

/**
 * What is wrong with the parts a template was compiled to: markup may hide a field that stands in the source, or spell
 * one that does not. What every mail must hold has to stand where nothing can leave it out.
 */
export function partFaults(key: string, parts: { html: string; text: string }): FieldFault[] {
  const faults = (['html', 'text'] as const).flatMap((part) => {
    const tokens = parse(parts[part], Infinity);
    if (tokens instanceof Error) return [fault('body', 'broken_template', tokens.message)];
    const unknown = namesIn(tokens).filter(
      (name) => name !== '.' && !(fieldsOf(key) as readonly string[]).includes(name),
    );
    const shown = tokens.filter(([type]) => type === 'name').map(([, name]) => name);
    const missing = ['postalAddress', ...requiredFieldsOf(key)].filter((name) => !shown.includes(name));
    return [
      ...unknown.map((name) => fault('body', 'unknown_field', `{{${name}}} is not a field of ${key}.`)),
      ...missing.map((name) =>
        fault('body', 'missing_field', `{{${name}}} must be shown, outside of sections and comments.`),
      ),
    ];
  });
  return [...new Map(faults.map((found) => [found.message, found])).values()];
}

const fault = (property: string, code: string, message: string): FieldFault => ({
  pointer: `/${property}`,
  code,
  message,
});

/** Whether a template shows the field whatever it is given: outside of sections and comments. */
export function shows(template: string, field: string): boolean {
  const tokens = parse(template, Infinity);
  return !(tokens instanceof Error) && tokens.some(([type, name]) => type === 'name' && name === field);
}

/** Names used, or what the parser objects to. */
function fieldNames(source: string): string[] | Error {
  const tokens = parse(source, MAX_LENGTH);
  if (tokens instanceof Error) return tokens;
  return [...new Set(namesIn(tokens))].filter((name) => name !== '.');
}

/** Partials, unescaped values and other delimiters are not part of the language, nor are sections that multiply. */
function parse(source: string, maxLength: number): Token[] | Error {
  if (source.length > maxLength) return new Error(`A template may have ${maxLength} characters.`);
  if (/\{\{\s*(=|&|>|\{)/.test(source))
    return new Error('Only {{field}}, {{#field}}, {{^field}}, {{/field}} and {{! comments }} are possible.');
  try {
    const tokens = new Mustache.Writer().parse(source) as Token[];
    return nestingFault(tokens, []) ?? tokens;
  } catch (error) {
    return error as Error;
  }
}

/** A list in itself would be written as often as it has lines, to the power of how deep it stands. */
function nestingFault(tokens: Token[], around: string[]): Error | undefined {
  for (const [type, name, , , inner] of tokens) {
    if (type !== '#' && type !== '^') continue;
    if (around.includes(name)) return new Error(`{{#${name}}} stands in itself.`);
    if (around.length === MAX_DEPTH) return new Error(`Sections may stand ${MAX_DEPTH} deep in one another.`);
    const found = nestingFault(inner ?? [], [...around, name]);
    if (found) return found;
  }
  return undefined;
}

/** type, name, start, end, and the tokens inside a section */
type Token = [string, string, number, number, Token[]?];

const namesIn = (tokens: Token[]): string[] =>
  tokens.flatMap(([type, name, , , inner]) => (type === 'text' ? [] : [name, ...namesIn(inner ?? [])]));

/** HTML: every value escaped. */
export const renderHtml = (template: string, view: MailView): string => Mustache.render(template, bare(view));

/** Plain text: values as they are. */
export const renderText = (template: string, view: MailView): string =>
  Mustache.render(template, bare(view), {}, { escape: String });

/** Characters of a subject. */
const LONGEST_SUBJECT = 300;

/** One line, whatever the values hold. */
export const renderSubject = (template: string, view: MailView): string =>
  oneLine(renderText(template, view), LONGEST_SUBJECT);

/**
 * The text as a header may hold it: without control characters and line ends, which would start new headers; without
 * those that turn around what follows them; and what looks like an encoded word (RFC 2047) is no longer one.
 */
export const oneLine = (text: string, longest = Infinity): string => {
  const line = text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .replaceAll('=?', '=\u200B?')
    .trim();
  return line.length > longest ? [...line].slice(0, longest).join('') : line;
};

/** Nothing is inherited: `constructor` and `__proto__` name nothing. */
const bare = (view: MailView): object => Object.assign(Object.create(null) as object, view);
