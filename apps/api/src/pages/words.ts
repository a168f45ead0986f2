import type { PageLanguage } from './page.js';

/** What the public pages say. */
interface Words {
  invitation: string;
  dear: string;
  when: string;
  localTime: string;
  where: string;
  respondBy: string;
  note: string;
  accept: string;
  tentative: string;
  decline: string;
  answered: { accepted: string; tentative: string; declined: string; delegated: string };
  mayChange: string;
  calledOff: string;
  withdrawn: string;
  unsubscribe: string;
  unsubscribeAsk: string;
  unsubscribed: string;
  badLink: string;
}

export const WORDS: Record<PageLanguage, Words> = {
  en: {
    invitation: 'Invitation',
    dear: 'Dear',
    when: 'When',
    localTime: 'Your time',
    where: 'Where',
    respondBy: 'Please answer by',
    note: 'Note to the organizers (optional)',
    accept: 'I will come',
    tentative: 'Maybe',
    decline: 'I cannot come',
    answered: {
      accepted: 'You said that you will come.',
      tentative: 'You said that you may come.',
      declined: 'You said that you cannot come.',
      delegated: 'Somebody will come in your place.',
    },
    mayChange: 'You may change your answer below.',
    calledOff: 'This event will not take place.',
    withdrawn: 'This invitation was withdrawn.',
    unsubscribe: 'Unsubscribe',
    unsubscribeAsk: 'End all mails to this address?',
    unsubscribed: 'No more mails will be sent to this address.',
    badLink: 'This link is not valid, or no longer. Please write to the organizers.',
  },
  az: {
    invitation: 'Dəvət',
    dear: 'Hörmətli',
    when: 'Vaxt',
    localTime: 'Sizin vaxtınızla',
    where: 'Yer',
    respondBy: 'Cavab üçün son tarix',
    note: 'Təşkilatçılar üçün qeyd (istəyə görə)',
    accept: 'Gələcəyəm',
    tentative: 'Bəlkə',
    decline: 'Gələ bilməyəcəyəm',
    answered: {
      accepted: 'Gələcəyinizi bildirmisiniz.',
      tentative: 'Gələ biləcəyinizi bildirmisiniz.',
      declined: 'Gələ bilməyəcəyinizi bildirmisiniz.',
      delegated: 'Sizin yerinizə başqası gələcək.',
    },
    mayChange: 'Cavabınızı aşağıda dəyişə bilərsiniz.',
    calledOff: 'Bu tədbir baş tutmayacaq.',
    withdrawn: 'Bu dəvət geri götürülüb.',
    unsubscribe: 'Abunəlikdən çıxmaq',
    unsubscribeAsk: 'Bu ünvana göndərilən bütün məktublar dayandırılsın?',
    unsubscribed: 'Bu ünvana daha məktub göndərilməyəcək.',
    badLink: 'Bu keçid etibarsızdır və ya vaxtı bitib. Zəhmət olmasa, təşkilatçılara yazın.',
  },
  ru: {
    invitation: 'Приглашение',
    dear: 'Здравствуйте,',
    when: 'Когда',
    localTime: 'По вашему времени',
    where: 'Где',
    respondBy: 'Просим ответить до',
    note: 'Примечание для организаторов (необязательно)',
    accept: 'Приду',
    tentative: 'Возможно',
    decline: 'Не смогу прийти',
    answered: {
      accepted: 'Вы сообщили, что придёте.',
      tentative: 'Вы сообщили, что, возможно, придёте.',
      declined: 'Вы сообщили, что не сможете прийти.',
      delegated: 'Вместо вас придёт другой человек.',
    },
    mayChange: 'Ниже можно изменить ответ.',
    calledOff: 'Это мероприятие не состоится.',
    withdrawn: 'Это приглашение отозвано.',
    unsubscribe: 'Отписаться',
    unsubscribeAsk: 'Больше не присылать письма на этот адрес?',
    unsubscribed: 'Письма на этот адрес больше не будут приходить.',
    badLink: 'Ссылка недействительна или устарела. Пожалуйста, напишите организаторам.',
  },
};
