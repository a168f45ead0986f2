import type { PageLanguage } from './languages.js';

/** What the public pages say. */
export interface Words {
  invitation: string;
  dear: (name: string) => string;
  when: string;
  localTime: string;
  where: string;
  respondBy: string;
  note: string;
  yourAnswer: string;
  accept: string;
  tentative: string;
  decline: string;
  answered: { accepted: string; tentative: string; declined: string; delegated: string };
  mayChange: string;
  addToCalendar: string;
  calledOff: string;
  over: string;
  withdrawn: string;
  chooseAnswer: string;
  noteTooLong: string;
  unsubscribe: string;
  unsubscribeAsk: (email: string) => string;
  unsubscribed: (email: string) => string;
  badLink: string;
  linkGone: string;
  badRequest: string;
  tooMany: (seconds: number) => string;
  ourFault: string;
}

/** `in 3 minutes`, in whole minutes from two on. */
const until = (language: PageLanguage, seconds: number): string =>
  seconds < 120
    ? new Intl.RelativeTimeFormat(language).format(seconds, 'second')
    : new Intl.RelativeTimeFormat(language).format(Math.ceil(seconds / 60), 'minute');

export const WORDS: Record<PageLanguage, Words> = {
  en: {
    invitation: 'Invitation',
    dear: (name) => `Dear ${name},`,
    when: 'When',
    localTime: 'Your time',
    where: 'Where',
    respondBy: 'Please answer by',
    note: 'Note to the organizers (optional)',
    yourAnswer: 'Your answer',
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
    addToCalendar: 'Add to calendar',
    calledOff: 'This event will not take place.',
    over: 'This event is over.',
    withdrawn: 'This invitation was withdrawn.',
    chooseAnswer: 'Please choose one of the three answers.',
    noteTooLong: 'The note is too long; 2,000 characters are possible.',
    unsubscribe: 'Unsubscribe',
    unsubscribeAsk: (email) => `Shall we stop sending mails to ${email}?`,
    unsubscribed: (email) => `No more mails will be sent to ${email}.`,
    badLink: 'This link is not valid. Please open it from the mail once more, or write to the organizers.',
    linkGone: 'This link is no longer valid. Please use the one in our latest mail, or write to the organizers.',
    badRequest: 'We could not read this. Please go back and try again.',
    tooMany: (seconds) => `There were too many requests. Please try again ${until('en', seconds)}.`,
    ourFault: 'Something went wrong on our side. Please try again later.',
  },
  az: {
    invitation: 'Dəvət',
    dear: (name) => `Hörmətli ${name},`,
    when: 'Vaxt',
    localTime: 'Sizin vaxtınızla',
    where: 'Yer',
    respondBy: 'Cavab üçün son tarix',
    note: 'Təşkilatçılar üçün qeyd (istəyə görə)',
    yourAnswer: 'Cavabınız',
    accept: 'Gələcəyəm',
    tentative: 'Bəlkə',
    decline: 'Gələ bilməyəcəyəm',
    answered: {
      accepted: 'Gələcəyinizi bildirmisiniz.',
      tentative: 'Bəlkə gələcəyinizi bildirmisiniz.',
      declined: 'Gələ bilməyəcəyinizi bildirmisiniz.',
      delegated: 'Sizin yerinizə başqası gələcək.',
    },
    mayChange: 'Cavabınızı aşağıda dəyişə bilərsiniz.',
    addToCalendar: 'Təqvimə əlavə et',
    calledOff: 'Bu tədbir baş tutmayacaq.',
    over: 'Bu tədbir başa çatıb.',
    withdrawn: 'Bu dəvət geri götürülüb.',
    chooseAnswer: 'Zəhmət olmasa, üç cavabdan birini seçin.',
    noteTooLong: 'Qeyd çox uzundur; ən çoxu 2000 simvol ola bilər.',
    unsubscribe: 'Abunəlikdən çıxmaq',
    unsubscribeAsk: (email) => `${email} ünvanına məktub göndərməyi dayandıraq?`,
    unsubscribed: (email) => `${email} ünvanına daha məktub göndərilməyəcək.`,
    badLink: 'Bu keçid etibarsızdır. Zəhmət olmasa, onu məktubdan yenidən açın və ya təşkilatçılara yazın.',
    linkGone:
      'Bu keçid artıq etibarlı deyil. Zəhmət olmasa, son məktubumuzdakı keçiddən istifadə edin və ya təşkilatçılara yazın.',
    badRequest: 'Sorğunu oxuya bilmədik. Zəhmət olmasa, geri qayıdıb yenidən cəhd edin.',
    tooMany: (seconds) =>
      `Həddən artıq sorğu göndərilib. Zəhmət olmasa, ${
        seconds < 120 ? `${seconds} saniyə` : `${Math.ceil(seconds / 60)} dəqiqə`
      } sonra yenidən cəhd edin.`,
    ourFault: 'Bizim tərəfdə xəta baş verdi. Zəhmət olmasa, bir az sonra yenidən cəhd edin.',
  },
  ru: {
    invitation: 'Приглашение',
    dear: (name) => `Здравствуйте, ${name}!`,
    when: 'Когда',
    localTime: 'По вашему времени',
    where: 'Где',
    respondBy: 'Просим ответить до',
    note: 'Примечание для организаторов (необязательно)',
    yourAnswer: 'Ваш ответ',
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
    addToCalendar: 'Добавить в календарь',
    calledOff: 'Это мероприятие не состоится.',
    over: 'Это мероприятие уже завершилось.',
    withdrawn: 'Это приглашение отозвано.',
    chooseAnswer: 'Пожалуйста, выберите один из трёх ответов.',
    noteTooLong: 'Примечание слишком длинное: возможно не более 2000 знаков.',
    unsubscribe: 'Отписаться',
    unsubscribeAsk: (email) => `Больше не присылать письма на адрес ${email}?`,
    unsubscribed: (email) => `Письма на адрес ${email} больше не будут приходить.`,
    badLink: 'Ссылка недействительна. Пожалуйста, откройте её из письма ещё раз или напишите организаторам.',
    linkGone:
      'Ссылка больше не действует. Пожалуйста, воспользуйтесь ссылкой из нашего последнего письма или напишите организаторам.',
    badRequest: 'Не удалось прочитать запрос. Пожалуйста, вернитесь назад и попробуйте ещё раз.',
    tooMany: (seconds) => `Слишком много запросов. Пожалуйста, попробуйте ещё раз ${until('ru', seconds)}.`,
    ourFault: 'У нас произошла ошибка. Пожалуйста, попробуйте позже.',
  },
  tr: {
    invitation: 'Davet',
    dear: (name) => `Sayın ${name},`,
    when: 'Zaman',
    localTime: 'Sizin saatinizle',
    where: 'Yer',
    respondBy: 'Son yanıt tarihi',
    note: 'Düzenleyenlere not (isteğe bağlı)',
    yourAnswer: 'Yanıtınız',
    accept: 'Geleceğim',
    tentative: 'Belki',
    decline: 'Gelemeyeceğim',
    answered: {
      accepted: 'Geleceğinizi bildirdiniz.',
      tentative: 'Belki geleceğinizi bildirdiniz.',
      declined: 'Gelemeyeceğinizi bildirdiniz.',
      delegated: 'Sizin yerinize başkası gelecek.',
    },
    mayChange: 'Yanıtınızı aşağıda değiştirebilirsiniz.',
    addToCalendar: 'Takvime ekle',
    calledOff: 'Bu etkinlik yapılmayacak.',
    over: 'Bu etkinlik sona erdi.',
    withdrawn: 'Bu davet geri çekildi.',
    chooseAnswer: 'Lütfen üç yanıttan birini seçin.',
    noteTooLong: 'Not çok uzun; en fazla 2000 karakter olabilir.',
    unsubscribe: 'Abonelikten çık',
    unsubscribeAsk: (email) => `${email} adresine e-posta göndermeyi bırakalım mı?`,
    unsubscribed: (email) => `${email} adresine artık e-posta gönderilmeyecek.`,
    badLink: 'Bu bağlantı geçerli değil. Lütfen e-postadan yeniden açın veya düzenleyenlere yazın.',
    linkGone:
      'Bu bağlantı artık geçerli değil. Lütfen son e-postamızdaki bağlantıyı kullanın veya düzenleyenlere yazın.',
    badRequest: 'İsteği okuyamadık. Lütfen geri dönüp yeniden deneyin.',
    tooMany: (seconds) => `Çok fazla istek geldi. Lütfen ${until('tr', seconds)} yeniden deneyin.`,
    ourFault: 'Bizim tarafımızda bir hata oluştu. Lütfen daha sonra yeniden deneyin.',
  },
};
