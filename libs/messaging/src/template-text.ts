import Mustache from 'mustache';
import type { FieldFault } from '#faults';
import { fieldsOf, type MailView, requiredFieldsOf } from './template-fields.js';

const MAX_LENGTH = 100_000;

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

const fault = (property: string, code: string, message: string): FieldFault => ({
  pointer: `/${property}`,
  code,
  message,
});

/** Names used, or what the parser objects to. Partials, unescaped values and other delimiters are not part of the language. */
function fieldNames(source: string): string[] | Error {
  if (source.length > MAX_LENGTH) return new Error(`A template may have ${MAX_LENGTH} characters.`);
  if (/\{\{\s*(=|&|>|\{)/.test(source))
    return new Error('Only {{field}}, {{#field}}, {{^field}}, {{/field}} and {{! comments }} are possible.');
  try {
    return [...new Set(namesIn(Mustache.parse(source) as Token[]))].filter((name) => name !== '.');
  } catch (error) {
    return error as Error;
  }
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

/** One line, whatever the values hold: control characters would start new headers. */
export const renderSubject = (template: string, view: MailView): string =>
  oneLine(renderText(template, view)).slice(0, 300);

/** The text without control characters and line ends. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Nothing is inherited: `constructor` and `__proto__` name nothing. */
const bare = (view: MailView): object => Object.assign(Object.create(null) as object, view);
