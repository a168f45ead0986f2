import type { ImportField } from '#imports';
import { CONTACT_FIELDS } from './import-contact-fields.js';

/** Columns of a members list and the headers people give them in English, Azerbaijani, Russian and Turkish. */
export const MEMBER_FIELDS: readonly ImportField[] = [
  {
    name: 'organization',
    required: true,
    // A file of people, or one that gives ids, may do without names of organizations.
    unless: ['organizationId', 'personId', 'contactName', 'givenName'],
    headers: [
      ...['Organization', 'Organisation', 'Organization name', 'Company', 'Company name', 'Member', 'Member name'],
      ...['Təşkilat', 'Təşkilatın adı', 'Şirkət', 'Şirkətin adı', 'Müəssisə', 'Müəssisənin adı', 'Üzv'],
      ...['Организация', 'Название организации', 'Компания', 'Название компании', 'Наименование', 'Член палаты'],
      ...['Entity name', 'Business name', 'Название', 'Наименование компании'],
      ...['Наименование организации', 'Предприятие', 'Фирма', 'Название фирмы', 'Kurum adı'],
      ...['Kuruluş', 'Kuruluş adı', 'Şirket', 'Şirket adı', 'Firma', 'Firma adı', 'Kurum', 'Üye'],
    ],
  },
  {
    name: 'legalName',
    headers: [
      ...[
        'Legal name',
        'Registered name',
        'Full legal name',
        'Legal entity',
        'Hüquqi ad',
        'Hüquqi adı',
        'Rəsmi ad',
        'Rəsmi adı',
      ],
      ...['Юридическое название', 'Юридическое наименование', 'Полное наименование', 'Официальное название'],
      ...['Yasal ad', 'Yasal unvan', 'Resmi ad', 'Ticari unvan', 'Ticaret unvanı'],
    ],
  },
  {
    name: 'kind',
    headers: [
      ...['Kind', 'Type', 'Organization type', 'Organization kind', 'Növ', 'Növü', 'Təşkilatın növü', 'Tip'],
      ...['Вид', 'Тип', 'Тип организации', 'Вид организации', 'Tür', 'Türü', 'Kuruluş türü'],
    ],
  },
  {
    name: 'website',
    headers: [
      ...[
        'Website',
        'Web site',
        'Web',
        'Site',
        'URL',
        'Homepage',
        'Web address',
        'Veb sayt',
        'Vebsayt',
        'Sayt',
        'İnternet səhifəsi',
      ],
      ...[
        'Сайт',
        'Веб-сайт',
        'Вебсайт',
        'Интернет-сайт',
        'Web sitesi',
        'Web sayfası',
        'Web adresi',
        'İnternet sitesi',
        'İnternet adresi',
      ],
    ],
  },
  { name: 'country', headers: ['Country', 'Country code', 'Ölkə', 'Страна', 'Ülke'] },
  {
    name: 'sectors',
    headers: [
      ...['Sectors', 'Sector', 'Industry', 'Industries', 'Sektor', 'Sektorlar', 'Sahə', 'Sahələr', 'Fəaliyyət sahəsi'],
      ...['Сектор', 'Секторы', 'Отрасль', 'Отрасли', 'Сфера деятельности', 'Sektör', 'Sektörler', 'Faaliyet alanı'],
    ],
  },
  { name: 'tags', headers: ['Tags', 'Tag', 'Labels', 'Etiketlər', 'Etiket', 'Теги', 'Тег', 'Метки', 'Etiketler'] },
  { name: 'organizationId', headers: ['Organization id', 'Company id', 'Təşkilat id', 'ID организации', 'Kuruluş id'] },
  {
    name: 'aliases',
    headers: [
      ...['Aliases', 'Alias', 'Other names', 'Also known as', 'Acronym', 'Acronyms', 'Digər adlar', 'Digər adları'],
      ...['Qısaltma', 'Другие названия', 'Аббревиатура', 'Diğer adlar', 'Diğer adları', 'Kısaltma'],
    ],
  },
  {
    name: 'parent',
    headers: [
      ...['Parent', 'Parent organization', 'Parent company', 'Ana təşkilat', 'Ana şirkət', 'Yuxarı təşkilat'],
      ...['Головная организация', 'Материнская компания', 'Вышестоящая организация', 'Ana kuruluş', 'Üst kuruluş'],
    ],
  },
  { name: 'parentId', headers: ['Parent organization id'] },
  {
    name: 'organizationNotes',
    multiline: true,
    headers: ['Organization notes', 'Təşkilat haqqında qeyd', 'Примечание об организации', 'Kuruluş notu'],
  },
  {
    name: 'tier',
    headers: [
      ...['Tier', 'Membership tier', 'Membership level', 'Level', 'Membership', 'Membership type', 'Səviyyə'],
      ...['Membership category', 'Üzvlük kateqoriyası', 'Üzvlüyün növü', 'Вид членства', 'Тип членства'],
      ...['Üyelik tipi', 'Üyelik kategorisi'],
      ...[
        'Üzvlük səviyyəsi',
        'Üzvlük',
        'Üzvlük növü',
        'Уровень',
        'Уровень членства',
        'Категория',
        'Категория членства',
        'Членство',
      ],
      ...['Seviye', 'Üyelik', 'Üyelik seviyesi', 'Üyelik türü', 'Kademe'],
    ],
  },
  {
    name: 'joinedOn',
    headers: [
      ...[
        'Joined on',
        'Joined',
        'Join date',
        'Date joined',
        'Member since',
        'Qoşulma tarixi',
        'Üzvlük tarixi',
        'Daxil olma tarixi',
      ],
      ...['Дата вступления', 'Вступил', 'Член с', 'Katılım tarihi', 'Katılma tarihi', 'Üyelik tarihi'],
    ],
  },
  {
    name: 'startsOn',
    headers: [
      ...[
        'Starts on',
        'Start',
        'Start date',
        'Starts',
        'Valid from',
        'From',
        'Başlama tarixi',
        'Başlanğıc tarixi',
        'Başlanğıc',
      ],
      ...['Дата начала', 'Начало', 'Начало членства', 'Действует с', 'Başlangıç', 'Başlangıç tarihi', 'Başlama tarihi'],
      ...['Membership start date', 'Üzvlüyün başlama tarixi', 'Üyelik başlangıç tarihi', 'Дата начала членства'],
    ],
  },
  {
    name: 'endsOn',
    headers: [
      ...[
        'Ends on',
        'End',
        'End date',
        'Ends',
        'Valid until',
        'Valid to',
        'Until',
        'To',
        'Expires',
        'Expires on',
        'Expiry date',
        'Expiry',
        'Expiration date',
        'Membership end date',
      ],
      ...[
        'Bitmə tarixi',
        'Son tarix',
        'Bitiş tarixi',
        'Дата окончания',
        'Окончание',
        'Действует до',
        'Действительно до',
        'Дата окончания членства',
        'Üzvlüyün bitmə tarixi',
        'Üyelik bitiş tarihi',
        'Bitiş',
        'Bitiş tarihi',
        'Son tarih',
      ],
    ],
  },
  { name: 'membershipId', headers: ['Membership id', 'Üzvlük id', 'ID членства', 'Üyelik id'] },
  {
    name: 'cancelledOn',
    headers: [
      ...['Cancelled on', 'Canceled on', 'Cancellation date', 'Ləğv tarixi', 'Ləğv edilmə tarixi'],
      ...['Дата отмены', 'Дата прекращения', 'İptal tarihi'],
    ],
  },
  {
    name: 'cancellationReason',
    headers: ['Cancellation reason', 'Reason for cancellation', 'Ləğv səbəbi', 'Причина отмены', 'İptal nedeni'],
  },
  ...CONTACT_FIELDS,
  {
    name: 'notes',
    multiline: true,
    headers: [
      ...['Notes', 'Note', 'Comment', 'Comments', 'Remarks', 'Qeyd', 'Qeydlər', 'Şərh'],
      ...['Примечание', 'Примечания', 'Заметки', 'Комментарий', 'Комментарии', 'Not', 'Notlar', 'Açıklama'],
    ],
  },
];
