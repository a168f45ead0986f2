import type { ImportField } from '#imports';

/** Columns of a members list and the headers people give them in English, Azerbaijani, Russian and Turkish. */
export const MEMBER_FIELDS: readonly ImportField[] = [
  {
    name: 'organization',
    required: true,
    headers: [
      ...['Organization', 'Organisation', 'Organization name', 'Company', 'Company name', 'Member', 'Member name'],
      ...['Təşkilat', 'Təşkilatın adı', 'Şirkət', 'Şirkətin adı', 'Müəssisə', 'Üzv'],
      ...['Организация', 'Название организации', 'Компания', 'Название компании', 'Наименование', 'Член палаты'],
      ...['Kuruluş', 'Kuruluş adı', 'Şirket', 'Şirket adı', 'Firma', 'Firma adı', 'Kurum', 'Üye'],
    ],
  },
  {
    name: 'legalName',
    headers: [
      ...['Legal name', 'Registered name', 'Full legal name', 'Hüquqi ad', 'Hüquqi adı', 'Rəsmi ad', 'Rəsmi adı'],
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
      ...['Website', 'Web site', 'Web', 'Site', 'URL', 'Homepage', 'Veb sayt', 'Vebsayt', 'Sayt', 'İnternet səhifəsi'],
      ...[
        'Сайт',
        'Веб-сайт',
        'Вебсайт',
        'Интернет-сайт',
        'Web sitesi',
        'Web sayfası',
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
  {
    name: 'tier',
    headers: [
      ...['Tier', 'Membership tier', 'Membership level', 'Level', 'Membership', 'Membership type', 'Səviyyə'],
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
      ],
      ...[
        'Bitmə tarixi',
        'Son tarix',
        'Bitiş tarixi',
        'Дата окончания',
        'Окончание',
        'Действует до',
        'Bitiş',
        'Bitiş tarihi',
        'Son tarih',
      ],
    ],
  },
  {
    name: 'contactName',
    headers: [
      ...[
        'Contact name',
        'Contact',
        'Contact person',
        'Full name',
        'Representative',
        'Əlaqədar şəxs',
        'Əlaqə şəxsi',
        'Nümayəndə',
      ],
      ...['Ad, soyad', 'Soyad, ad', 'Контакт', 'Контактное лицо', 'ФИО', 'Ф.И.О.', 'Представитель', 'Имя и фамилия'],
      ...['İlgili kişi', 'İrtibat kişisi', 'Yetkili', 'Yetkili kişi', 'Temsilci', 'İletişim kişisi'],
    ],
  },
  { name: 'givenName', headers: ['Given name', 'First name', 'Forename', 'Ad', 'Adı', 'Имя', 'İsim'] },
  { name: 'familyName', headers: ['Family name', 'Last name', 'Surname', 'Soyad', 'Soyadı', 'Фамилия', 'Soyisim'] },
  {
    name: 'title',
    headers: [
      ...[
        'Title',
        'Job title',
        'Position',
        'Role',
        'Vəzifə',
        'Vəzifəsi',
        'Должность',
        'Unvan',
        'Unvanı',
        'Görev',
        'Görevi',
        'Pozisyon',
      ],
    ],
  },
  {
    name: 'email',
    headers: [
      ...['Email', 'E-mail', 'Email address', 'Mail', 'E-poçt', 'Elektron poçt', 'E-poçt ünvanı'],
      ...['Электронная почта', 'Эл. почта', 'Почта', 'Имейл', 'E-posta', 'E-posta adresi', 'Eposta'],
    ],
  },
  {
    name: 'phone',
    headers: [
      ...[
        'Phone',
        'Phone number',
        'Telephone',
        'Tel',
        'Mobile',
        'Mobile phone',
        'Cell',
        'Telefon',
        'Telefon nömrəsi',
        'Mobil',
        'Mobil telefon',
      ],
      ...[
        'Телефон',
        'Номер телефона',
        'Тел.',
        'Мобильный',
        'Мобильный телефон',
        'Telefon numarası',
        'Cep telefonu',
        'Cep',
      ],
    ],
  },
  { name: 'locale', headers: ['Locale', 'Language', 'Dil', 'Язык', 'Dili'] },
  {
    name: 'notes',
    multiline: true,
    headers: [
      ...['Notes', 'Note', 'Comment', 'Comments', 'Remarks', 'Qeyd', 'Qeydlər', 'Şərh'],
      ...['Примечание', 'Примечания', 'Заметки', 'Комментарий', 'Комментарии', 'Not', 'Notlar', 'Açıklama'],
    ],
  },
];
