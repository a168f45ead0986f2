import { DETAIL_LABELS, details } from './details.js';

/** To the delegates of a trade mission, before it begins. */
export const DELEGATE_REMINDER = {
  en: {
    subject: 'Coming up: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />the trade mission you take part in begins soon.</mj-text>${details(DETAIL_LABELS.en)}<mj-text>Please have your travel papers ready. If anything is missing, or you cannot come, write to us.</mj-text>`,
  },
  az: {
    subject: 'Tezliklə: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />iştirak edəcəyiniz ticarət missiyası tezliklə başlayır.</mj-text>${details(DETAIL_LABELS.az)}<mj-text>Zəhmət olmasa, səfər sənədlərinizi hazır saxlayın. Nəsə çatışmırsa və ya gələ bilməyəcəksinizsə, bizə yazın.</mj-text>`,
  },
  ru: {
    subject: 'Скоро: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Скоро начинается торговая миссия, в которой вы участвуете.</mj-text>${details(DETAIL_LABELS.ru)}<mj-text>Пожалуйста, держите наготове документы для поездки. Если чего-то не хватает или вы не сможете приехать, напишите нам.</mj-text>`,
  },
};
