import type { ImportField } from '#imports';

/** Columns that speak of the contact of a row and of the title it holds. */
export const CONTACT_FIELDS: readonly ImportField[] = [
  { name: 'personId', headers: ['Person id', 'Contact id', 'Şəxs id', 'ID лица', 'Kişi id'] },
  {
    name: 'contactName',
    headers: [
      ...[
        'Contact name',
        'Contact',
        'Contact person',
        'Full name',
        'Representative',
        'Primary contact',
        'Əlaqədar şəxs',
        'Əlaqə şəxsi',
        'Nümayəndə',
      ],
      ...['Ad, soyad', 'Soyad, ad', 'Контакт', 'Контактное лицо', 'ФИО', 'Ф.И.О.', 'Представитель', 'Имя и фамилия'],
      ...['Adı, soyadı', 'Soyadı, adı', 'Tam ad', 'Tam adı', 'Имя, фамилия', 'Фамилия, имя', 'Полное имя'],
      ...['Ad və soyad', 'Soyad, ad, ata adı', 'S.A.A.', 'Фамилия, имя, отчество'],
      ...['İlgili kişi', 'İrtibat kişisi', 'Yetkili', 'Yetkili kişi', 'Temsilci', 'İletişim kişisi'],
    ],
  },
  { name: 'givenName', headers: ['Given name', 'First name', 'Forename', 'Ad', 'Adı', 'Имя', 'İsim'] },
  {
    name: 'familyName',
    headers: ['Family name', 'Last name', 'Surname', 'Soyad', 'Soyadı', 'Фамилия', 'Soyisim', 'Soy isim'],
  },
  {
    name: 'honorific',
    headers: [
      ...['Honorific', 'Form of address', 'Salutation', 'Prefix', 'Müraciət forması', 'Müraciət', 'Обращение'],
      ...['Форма обращения', 'Hitap', 'Hitap şekli'],
    ],
  },
  {
    name: 'nativeName',
    headers: [
      ...['Native name', 'Name in native script', 'Local name', 'Ana dilində ad', 'Имя на родном языке'],
      ...['Ana dilindeki ad', 'Yerel ad'],
    ],
  },
  {
    name: 'contactAliases',
    headers: ['Contact aliases', 'Other spellings', 'Adın digər yazılışları', 'Другие написания', 'Diğer yazılışlar'],
  },
  {
    name: 'title',
    headers: [
      ...[
        'Title',
        'Job title',
        'Position',
        'Role',
        'Designation',
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
      ...['Email', 'E-mail', 'Email address', 'Mail', 'E-poçt', 'Elektron poçt', 'E-poçt ünvanı', 'Elektron ünvan'],
      ...[
        'Электронная почта',
        'Эл. почта',
        'Почта',
        'Имейл',
        'Эл. адрес',
        'Адрес электронной почты',
        'E-posta',
        'E-posta adresi',
        'Eposta',
      ],
    ],
  },
  {
    name: 'otherEmails',
    headers: [
      ...['Other emails', 'Other e-mails', 'Additional emails', 'Secondary email', 'Email 2', 'E-mail 2'],
      ...[
        'Digər e-poçtlar',
        'Digər e-poçt',
        'Другие адреса',
        'Дополнительная почта',
        'Diğer e-postalar',
        'Diğer e-posta',
      ],
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
        'Mobil nömrə',
        'Əlaqə nömrəsi',
        'Моб. телефон',
        'GSM',
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
    name: 'contactCountry',
    headers: [
      ...['Contact country', 'Country of contact', 'Country represented', 'Şəxsin ölkəsi', 'Əlaqədar şəxsin ölkəsi'],
      ...['Страна контакта', 'Страна лица', 'Kişinin ülkesi', 'İlgili kişinin ülkesi'],
    ],
  },
  {
    name: 'timeZone',
    headers: ['Time zone', 'Timezone', 'Saat qurşağı', 'Vaxt zonası', 'Часовой пояс', 'Saat dilimi'],
  },
  {
    name: 'contactNotes',
    multiline: true,
    headers: ['Contact notes', 'Əlaqədar şəxs haqqında qeyd', 'Примечание о контакте', 'İlgili kişi notu'],
  },
  { name: 'positionId', headers: ['Position id', 'Title id'] },
  {
    name: 'titleSource',
    headers: ['Title source', 'Source of title', 'Vəzifənin mənbəyi', 'Источник должности', 'Unvanın kaynağı'],
  },
  {
    name: 'titleStartedOn',
    headers: [
      'Title started on',
      'In office since',
      'Vəzifəyə başlama tarixi',
      'В должности с',
      'Göreve başlama tarihi',
    ],
  },
  {
    name: 'titleEndedOn',
    headers: [
      'Title ended on',
      'In office until',
      'Vəzifədən getmə tarixi',
      'В должности до',
      'Görevden ayrılma tarihi',
    ],
  },
  {
    name: 'titlePreferred',
    headers: ['Title preferred', 'Preferred title', 'Əsas vəzifə', 'Основная должность', 'Asıl unvan'],
  },
];
