import { fieldsOf, isUnsubscribable } from './template-fields.js';

/** A template's body becomes a whole MJML document: complete ones stay as they are, fragments get the house's layout. */
export function wholeDocument(key: string, locale: string, body: string): string {
  return body.trimStart().startsWith('<mjml') ? body : layout(sections(body), footer(key, locale));
}

function sections(body: string): string {
  if (body.includes('<mj-section') || body.includes('<mj-wrapper')) return body;
  const inColumn = body.trimStart().startsWith('<mj-')
    ? body
    : `<mj-text>${body.replace(/\r?\n/g, '<br />')}</mj-text>`;
  return `<mj-section background-color="#ffffff"><mj-column>${inColumn}</mj-column></mj-section>`;
}

const layout = (content: string, foot: string): string => `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.5" color="#1c2733" />
      <mj-button background-color="#12507b" border-radius="4px" font-size="16px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#eef1f4" width="600px">
    <mj-section padding="16px 0"><mj-column><mj-text font-weight="bold" color="#12507b">{{chamberName}}</mj-text></mj-column></mj-section>
    ${content}
    <mj-section><mj-column><mj-text font-size="12px" color="#5b6875">${foot}</mj-text></mj-column></mj-section>
  </mj-body>
</mjml>`;

/** A template of staff's own may serve for invitations; whatever holds a way out shows it. */
function footer(key: string, locale: string): string {
  const address = '{{chamberName}}<br />{{postalAddress}}';
  if (!fieldsOf(key).includes('unsubscribeUrl')) return address;
  const label = UNSUBSCRIBE[locale.split('-')[0] ?? ''] ?? UNSUBSCRIBE.en;
  const link = `<br /><a href="{{unsubscribeUrl}}" style="color:#5b6875">${label}</a>`;
  return address + (isUnsubscribable(key) ? link : `{{#unsubscribeUrl}}${link}{{/unsubscribeUrl}}`);
}

const UNSUBSCRIBE: Record<string, string | undefined> = {
  en: 'Unsubscribe',
  az: 'Abunəlikdən çıxın',
  ru: 'Отписаться',
};
