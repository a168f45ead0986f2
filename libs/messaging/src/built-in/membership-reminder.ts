const facts = (tier: string, lastDay: string): string =>
  `<mj-text><b>{{title}}</b>{{#about}}<br /><b>${tier}:</b> {{about}}{{/about}}{{#endsOn}}<br /><b>${lastDay}:</b> {{endsOn}}{{/endsOn}}</mj-text>`;

/** To a member before and after the last day; said so that it is true of both. */
export const MEMBERSHIP_REMINDER = {
  en: {
    subject: 'Membership renewal: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />this is a reminder to renew a membership.</mj-text>${facts('Tier', 'Last day')}<mj-text>Please renew it so that it goes on without a gap. If you have done so already, thank you.</mj-text>`,
  },
  az: {
    subject: 'Üzvlüyün yenilənməsi: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />üzvlüyün yenilənməsini xatırladırıq.</mj-text>${facts('Səviyyə', 'Son gün')}<mj-text>Üzvlüyün fasiləsiz davam etməsi üçün onu yeniləməyinizi xahiş edirik. Artıq yeniləmisinizsə, təşəkkür edirik.</mj-text>`,
  },
  ru: {
    subject: 'Продление членства: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Напоминаем о продлении членства.</mj-text>${facts('Уровень', 'Последний день')}<mj-text>Пожалуйста, продлите его, чтобы членство не прерывалось. Если вы уже сделали это, спасибо.</mj-text>`,
  },
};
