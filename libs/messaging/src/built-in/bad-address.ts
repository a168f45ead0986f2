const LINES = '<mj-text>{{#lines}}{{.}}<br />{{/lines}}</mj-text>';

/** To whoever wrote to an address that does not exist. */
export const BAD_ADDRESS = {
  en: {
    subject: 'Mail came back: {{title}}',
    body: `<mj-text>{{recipientName}}, mail to {{title}} came back: the address does not exist. It is not written to any more.</mj-text>${LINES}<mj-text>Please find out the right address and enter it in the directory.</mj-text>`,
  },
  az: {
    subject: 'Məktub geri qayıtdı: {{title}}',
    body: `<mj-text>{{recipientName}}, {{title}} üçün göndərilən məktub geri qayıtdı: belə ünvan yoxdur. Ona daha yazılmır.</mj-text>${LINES}<mj-text>Zəhmət olmasa, düzgün ünvanı öyrənib kataloqa daxil edin.</mj-text>`,
  },
  ru: {
    subject: 'Письмо вернулось: {{title}}',
    body: `<mj-text>{{recipientName}}, письмо для {{title}} вернулось: такого адреса нет. На него больше не пишут.</mj-text>${LINES}<mj-text>Пожалуйста, узнайте верный адрес и внесите его в справочник.</mj-text>`,
  },
};
