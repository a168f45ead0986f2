import type { AgreementKind, AgreementStatus } from '#agreements';
import type { SpeakerRole } from '#conferences';
import type { DealStage, PartyRole } from '#deals';
import type { InWords } from '#mission-papers';

export const STAGE_WORDS: InWords<DealStage> = {
  en: {
    lead: 'Lead',
    qualified: 'Qualified',
    scoping: 'Scoping',
    feasibility_study: 'Feasibility study',
    feed: 'FEED',
    financing: 'Financing',
    negotiation: 'Negotiation',
    contract: 'Contract',
    implementation: 'Implementation',
    closed_won: 'Won',
    closed_lost: 'Lost',
    on_hold: 'On hold',
  },
  az: {
    lead: 'İlkin maraq',
    qualified: 'Yoxlanılıb',
    scoping: 'Əhatənin müəyyən edilməsi',
    feasibility_study: 'Texniki-iqtisadi əsaslandırma',
    feed: 'İlkin layihələndirmə (FEED)',
    financing: 'Maliyyələşdirmə',
    negotiation: 'Danışıqlar',
    contract: 'Müqavilə',
    implementation: 'İcra',
    closed_won: 'Bağlanıb: uğurlu',
    closed_lost: 'Bağlanıb: baş tutmayıb',
    on_hold: 'Dayandırılıb',
  },
  ru: {
    lead: 'Первый интерес',
    qualified: 'Проверена',
    scoping: 'Определение объёма',
    feasibility_study: 'Технико-экономическое обоснование',
    feed: 'Предпроектная разработка (FEED)',
    financing: 'Финансирование',
    negotiation: 'Переговоры',
    contract: 'Контракт',
    implementation: 'Реализация',
    closed_won: 'Закрыта успешно',
    closed_lost: 'Закрыта без результата',
    on_hold: 'Приостановлена',
  },
};

export const PARTY_ROLE_WORDS: InWords<PartyRole> = {
  en: {
    buyer: 'buyer',
    supplier: 'supplier',
    developer: 'developer',
    sponsor: 'sponsor',
    lender: 'lender',
    guarantor: 'guarantor',
    adviser: 'adviser',
    facilitator: 'facilitator',
    regulator: 'regulator',
  },
  az: {
    buyer: 'alıcı',
    supplier: 'təchizatçı',
    developer: 'layihəni həyata keçirən',
    sponsor: 'sponsor',
    lender: 'kreditor',
    guarantor: 'zamin',
    adviser: 'məsləhətçi',
    facilitator: 'vasitəçi',
    regulator: 'tənzimləyici',
  },
  ru: {
    buyer: 'покупатель',
    supplier: 'поставщик',
    developer: 'разработчик проекта',
    sponsor: 'спонсор',
    lender: 'кредитор',
    guarantor: 'гарант',
    adviser: 'консультант',
    facilitator: 'посредник',
    regulator: 'регулятор',
  },
};

export const AGREEMENT_KIND_WORDS: InWords<AgreementKind> = {
  en: {
    mou: 'Memorandum of understanding',
    letter_of_intent: 'Letter of intent',
    contract: 'Contract',
    grant: 'Grant',
    loan: 'Loan',
    charter: 'Charter',
    declaration: 'Declaration',
  },
  az: {
    mou: 'Anlaşma memorandumu',
    letter_of_intent: 'Niyyət məktubu',
    contract: 'Müqavilə',
    grant: 'Qrant',
    loan: 'Kredit',
    charter: 'Xartiya',
    declaration: 'Bəyannamə',
  },
  ru: {
    mou: 'Меморандум о взаимопонимании',
    letter_of_intent: 'Письмо о намерениях',
    contract: 'Контракт',
    grant: 'Грант',
    loan: 'Кредит',
    charter: 'Хартия',
    declaration: 'Декларация',
  },
};

export const AGREEMENT_STATUS_WORDS: InWords<AgreementStatus> = {
  en: {
    draft: 'draft',
    initialed: 'initialed, not signed',
    signed: 'signed',
    in_force: 'in force',
    expired: 'expired',
    terminated: 'terminated',
  },
  az: {
    draft: 'layihə',
    initialed: 'paraflanıb, imzalanmayıb',
    signed: 'imzalanıb',
    in_force: 'qüvvədədir',
    expired: 'müddəti bitib',
    terminated: 'ləğv edilib',
  },
  ru: {
    draft: 'проект',
    initialed: 'парафировано, не подписано',
    signed: 'подписано',
    in_force: 'действует',
    expired: 'срок истёк',
    terminated: 'прекращено',
  },
};

type MembershipStatus = 'pending' | 'current' | 'grace' | 'lapsed' | 'cancelled';

export const MEMBERSHIP_WORDS: InWords<MembershipStatus> = {
  en: {
    pending: 'begins later',
    current: 'member',
    grace: 'renewal due',
    lapsed: 'lapsed',
    cancelled: 'cancelled',
  },
  az: {
    pending: 'hələ başlamayıb',
    current: 'üzvdür',
    grace: 'yenilənməsi gözlənilir',
    lapsed: 'müddəti bitib',
    cancelled: 'ləğv edilib',
  },
  ru: {
    pending: 'ещё не началось',
    current: 'действует',
    grace: 'ожидается продление',
    lapsed: 'срок истёк',
    cancelled: 'отменено',
  },
};

export const SPEAKER_ROLE_WORDS: InWords<SpeakerRole> = {
  en: {
    keynote: 'keynote speaker',
    speaker: 'speaker',
    moderator: 'moderator',
    panelist: 'panelist',
    chair: 'chair',
    host: 'host',
  },
  az: {
    keynote: 'əsas məruzəçi',
    speaker: 'məruzəçi',
    moderator: 'moderator',
    panelist: 'panel iştirakçısı',
    chair: 'sədr',
    host: 'aparıcı',
  },
  ru: {
    keynote: 'основной докладчик',
    speaker: 'докладчик',
    moderator: 'модератор',
    panelist: 'участник панели',
    chair: 'председатель',
    host: 'ведущий',
  },
};
