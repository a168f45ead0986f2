import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One list of sectors for all features: the sections of ISIC Rev. 4 (United Nations, 2008), the chamber's own, and the
 * words that clients have used. `keys` are code and labels as folded by nameKey; texts name a sector by any of them.
 */
export class Sectors1790000000170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SECTORS);
    await runner.query('CREATE INDEX sectors_keys ON sectors USING gin (keys)');
    await runner.query(CODES);
    await runner.query(SEED, [JSON.stringify([...listed('isic', STANDARD), ...listed('chamber', OWN)])]);
    await runner.query(IN_USE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION sector_codes(text[], text[])');
    await runner.query('DROP TABLE sectors');
  }
}

/** A noted sector is a word somebody used; it becomes the chamber's own when a manager gives it labels. */
const SECTORS = `
  CREATE TABLE sectors (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz,
    code text NOT NULL CONSTRAINT sectors_code_key UNIQUE,
    labels jsonb NOT NULL,
    isic char(1),
    origin text NOT NULL CHECK (origin IN ('isic', 'chamber', 'noted')),
    keys text[] NOT NULL DEFAULT '{}'
  )`;

/** What a filter for some texts must look for: the texts, and the codes of all that shares a name with them. */
const CODES = `
  CREATE FUNCTION sector_codes(texts text[], folded text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT texts || coalesce(array_agg(s.code), '{}') FROM sectors s WHERE s.keys && (
      SELECT folded || coalesce(array_agg(key), '{}') FROM sectors named, unnest(named.keys) key
      WHERE named.code = ANY(texts) OR named.keys && folded)
  $$`;

const SEED = `
  INSERT INTO sectors (id, code, isic, origin, labels, keys)
  SELECT format('01960000-0000-7000-8000-%s', lpad((170000 + place)::text, 12, '0'))::uuid, s->>'code', s->>'isic', s->>'origin',
    s->'labels', string_to_array(s->>'keys', ',')
  FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS seeds (s, place)`;

/** Words that stand in records already; the program folds them when they are next given. */
const IN_USE = `
  INSERT INTO sectors (id, code, origin, labels, keys)
  SELECT gen_random_uuid(), word, 'noted', jsonb_build_object('en', word), ARRAY[lower(word)] FROM (
    SELECT unnest(sectors) FROM organizations UNION SELECT unnest(sectors) FROM conference_sessions
    UNION SELECT unnest(sectors) FROM side_meetings) used (word)
  ON CONFLICT (code) DO NOTHING`;

function listed(origin: string, lines: string): object[] {
  const rows = lines.trim().split('\n');
  return rows.map((row) => {
    const [code, isic, en, az, ru, tr, keys] = row.split('|');
    return { origin, code, isic, labels: { en, az, ru, tr }, keys };
  });
}

/** code | ISIC section | English | Azerbaijani | Russian | Turkish | keys */
const STANDARD = `
A|A|Agriculture, forestry and fishing|Kənd təsərrüfatı, meşə təsərrüfatı və balıqçılıq|Сельское, лесное и рыбное хозяйство|Tarım, ormancılık ve balıkçılık|agrijultura forastri and fishing,gand tasarufati masha tasarufati va baligchilig,salsgoa lasnoa i ribnoa gozaistvo,tarim ormanjilig va baligchilig
B|B|Mining and quarrying|Mədənçıxarma sənayesi|Добыча полезных ископаемых|Madencilik ve taş ocakçılığı|mining and guaring,madanchigarma sanaasi,dobicha polaznig isgopaamig,madanjilig va tash ojagchiligi
C|C|Manufacturing|Emal sənayesi|Обрабатывающая промышленность|İmalat|manufajturing,amal sanaasi,obrabativaiushchaia promishlanost,imalat
D|D|Electricity, gas, steam and air conditioning supply|Elektrik enerjisi, qaz və buxar təchizatı|Снабжение электроэнергией, газом и паром|Elektrik, gaz, buhar ve iklimlendirme üretimi ve dağıtımı|alajtrijiti gas staam and air jonditioning supli,alagtrig anarjisi gaz va bugar tachizati,snabjania alagtroanargiai gazom i parom,alagtrig gaz bugar va iglimlandirma uratimi va dagitimi
E|E|Water supply; sewerage, waste management and remediation activities|Su təchizatı, tullantıların emalı|Водоснабжение, канализация и утилизация отходов|Su temini, kanalizasyon ve atık yönetimi|vatar supli savaraga vasta managamant and ramadiation ajtivitias,su tachizati tulantilarin amali,vodosnabjania ganalizatsia i utilizatsia otgodov,su tamini ganalizason va atig ionatimi
F|F|Construction|İnşaat|Строительство|İnşaat|jonstrujtion,inshaat,stroitalstvo
G|G|Wholesale and retail trade; repair of motor vehicles and motorcycles|Topdan və pərakəndə ticarət|Оптовая и розничная торговля|Toptan ve perakende ticaret|vgolasala and ratail trada rapair of motor vagijlas and motorjijlas,topdan va paraganda tijarat,optovaia i roznichnaia torgovla,toptan va paraganda tijarat
H|H|Transportation and storage|Nəqliyyat və anbar təsərrüfatı|Транспорт и складское хозяйство|Ulaştırma ve depolama|transportation and storaga,nagliat va anbar tasarufati,transport i sgladsgoa gozaistvo,ulashtirma va dapolama
I|I|Accommodation and food service activities|Yerləşmə və ictimai iaşə|Гостиницы и общественное питание|Konaklama ve yiyecek hizmetleri|ajomodation and fod sarvija ajtivitias,arlashma va ijtimai iasha,gostinitsi i obshchastvanoa pitania,gonaglama va iajag gizmatlari
J|J|Information and communication|İnformasiya və rabitə|Информация и связь|Bilgi ve iletişim|information and jomunijation,informasia va rabita,informatsia i svaz,bilgi va ilatishim
K|K|Financial and insurance activities|Maliyyə və sığorta fəaliyyəti|Финансовая и страховая деятельность|Finans ve sigorta faaliyetleri|finanjial and insuranja ajtivitias,malia va sigorta faaliati,finansovaia i stragovaia daiatalnost,finans va sigorta faaliatlari
L|L|Real estate activities|Daşınmaz əmlakla əməliyyatlar|Операции с недвижимым имуществом|Gayrimenkul faaliyetleri|raal astata ajtivitias,dashinmaz amlagla amaliatlar,oparatsi s nadvijimim imushchastvom,gairimangul faaliatlari
M|M|Professional, scientific and technical activities|Peşə, elmi və texniki fəaliyyət|Профессиональная, научная и техническая деятельность|Mesleki, bilimsel ve teknik faaliyetler|profasional sjiantifij and tachnijal ajtivitias,pasha almi va tagnigi faaliat,profasionalnaia nauchnaia i tagnichasgaia daiatalnost,maslagi bilimsal va tagnig faaliatlar
N|N|Administrative and support service activities|İnzibati və yardımçı xidmətlər|Административные и вспомогательные услуги|İdari ve destek hizmet faaliyetleri|administrativa and suport sarvija ajtivitias,inzibati va iardimchi gidmatlar,administrativnia i vspomogatalnia uslugi,idari va dastag gizmat faaliatlari
O|O|Public administration and defence; compulsory social security|Dövlət idarəetməsi və müdafiə, sosial təminat|Государственное управление и оборона, социальное обеспечение|Kamu yönetimi ve savunma, zorunlu sosyal güvenlik|publij administration and dafanja jompulsori sojial sajuriti,dovlat idaraatmasi va mudafia sosial taminat,gosudarstvanoa upravlania i oborona sotsialnoa obaspachania,gamu ionatimi va savunma zorunlu sosal guvanlig
P|P|Education|Təhsil|Образование|Eğitim|adujation,tagsil,obrazovania,agitim
Q|Q|Human health and social work activities|Əhaliyə səhiyyə və sosial xidmətlər|Здравоохранение и социальные услуги|İnsan sağlığı ve sosyal hizmet faaliyetleri|guman gaaltg and sojial vorg ajtivitias,agalia sagia va sosial gidmatlar,zdravogranania i sotsialnia uslugi,insan sagligi va sosal gizmat faaliatlari
R|R|Arts, entertainment and recreation|İncəsənət, əyləncə və istirahət|Искусство, развлечения и отдых|Kültür, sanat, eğlence ve spor|arts antartainmant and rajraation,injasanat ailanja va istiragat,isgustvo razvlachania i otdig,gultur sanat aglanja va spor
S|S|Other service activities|Digər xidmətlər|Прочие услуги|Diğer hizmet faaliyetleri|otgar sarvija ajtivitias,digar gidmatlar,prochia uslugi,digar gizmat faaliatlari
T|T|Activities of households as employers|Ev təsərrüfatlarının fəaliyyəti|Деятельность домашних хозяйств|Hanehalklarının işveren olarak faaliyetleri|ajtivitias of gousagolds as amploars,av tasarufatlarinin faaliati,daiatalnost domashnig gozaistv,ganagalglarinin ishvaran olarag faaliatlari
U|U|Activities of extraterritorial organizations and bodies|Ekstraərazi təşkilatlarının fəaliyyəti|Деятельность экстерриториальных организаций|Uluslararası örgütlerin faaliyetleri|ajtivitias of agtrataritorial organizations and bodias,agstraarazi tashgilatlarinin faaliati,daiatalnost agstaritorialnig organizatsi,uluslararasi orgutlarin faaliatlari`;

const OWN = `
energy|D|Energy|Energetika|Энергетика|Enerji|anargi,anargatiga,anarji
oil_gas|B|Oil and gas|Neft və qaz|Нефть и газ|Petrol ve gaz|oil gas,oil and gas,naft va gaz,naft i gaz,patrol va gaz
renewables|D|Renewable energy|Bərpa olunan enerji|Возобновляемая энергетика|Yenilenebilir enerji|ranavablas,ranavabla anargi,barpa olunan anarji,vozobnovlaamaia anargatiga,anilanabilir anarji
civil_nuclear|D|Civil nuclear energy|Mülki nüvə energetikası|Мирный атом|Sivil nükleer enerji|jivil nujlaar,jivil nujlaar anargi,mulgi nuva anargatigasi,mirni atom,sivil nuglaar anarji
mining|B|Mining|Mədənçilik|Горное дело|Madencilik|mining,madanchilig,gornoa dalo,madanjilig
manufacturing|C|Industry|Sənaye|Промышленность|Sanayi|manufajturing,industri,sanaa,promishlanost,sanai
chemicals|C|Chemicals|Kimya sənayesi|Химическая промышленность|Kimya sanayii|chamijals,gima sanaasi,gimichasgaia promishlanost,gima sanai
defence_aerospace|C|Defence and aerospace|Müdafiə və aerokosmik sənaye|Оборона и аэрокосмическая отрасль|Savunma ve havacılık|dafanja aarospaja,dafanja and aarospaja,mudafia va aarogosmig sanaa,oborona i aarogosmichasgaia otrasl,savunma va gavajilig
agriculture|A|Agriculture|Kənd təsərrüfatı|Сельское хозяйство|Tarım|agrijultura,gand tasarufati,salsgoa gozaistvo,tarim
food|C|Food and beverages|Qida sənayesi|Пищевая промышленность|Gıda ve içecek|fod,fod and bavaragas,gida sanaasi,pishchavaia promishlanost,gida va ichajag
water|E|Water|Su təsərrüfatı|Водное хозяйство|Su yönetimi|vatar,su tasarufati,vodnoa gozaistvo,su ionatimi
construction|F|Construction|İnşaat|Строительство|İnşaat|jonstrujtion,inshaat,stroitalstvo
real_estate|L|Real estate|Daşınmaz əmlak|Недвижимость|Gayrimenkul|raal astata,dashinmaz amlag,nadvijimost,gairimangul
trade|G|Trade|Ticarət|Торговля|Ticaret|trada,tijarat,torgovla
logistics_transport|H|Logistics and transport|Logistika və nəqliyyat|Логистика и транспорт|Lojistik ve ulaştırma|logistijs transport,logistijs and transport,logistiga va nagliat,logistiga i transport,lojistig va ulashtirma
aviation|H|Aviation|Aviasiya|Авиация|Sivil havacılık|aviation,aviasia,aviatsia,sivil gavajilig
ict|J|Information and communication technology|İnformasiya və kommunikasiya texnologiyaları|Информационно-коммуникационные технологии|Bilgi ve iletişim teknolojileri|ijt,information and jomunijation tachnologi,informasia va gomunigasia tagnologialari,informatsiono gomunigatsionia tagnologi,bilgi va ilatishim tagnolojilari
artificial_intelligence|J|Artificial intelligence|Süni intellekt|Искусственный интеллект|Yapay zekâ|artifijial intaliganja,suni intalagt,isgustvani intalagt,iapai zaga
cybersecurity|J|Cybersecurity|Kibertəhlükəsizlik|Кибербезопасность|Siber güvenlik|jibarsajuriti,gibartaglugasizlig,gibarbazopasnost,sibar guvanlig
space|J|Space|Kosmik sənaye|Космос|Uzay|spaja,gosmig sanaa,gosmos,uzai
media|J|Media|Media|СМИ|Medya|madia,smi,mada
finance|K|Finance|Maliyyə|Финансы|Finans|finanja,malia,finansi,finans
legal|M|Legal services|Hüquq xidmətləri|Юридические услуги|Hukuk hizmetleri|lagal,lagal sarvijas,gugug gidmatlari,iuridichasgia uslugi,gugug gizmatlari
consulting|M|Consulting|Konsaltinq|Консалтинг|Danışmanlık|jonsulting,gonsalting,danishmanlig
tourism|I|Tourism|Turizm|Туризм|Turizm|tourism,turizm
education|P|Education|Təhsil|Образование|Eğitim|adujation,tagsil,obrazovania,agitim
healthcare|Q|Healthcare|Səhiyyə|Здравоохранение|Sağlık|gaaltgjara,sagia,zdravogranania,saglig
public_administration|O|Public administration|Dövlət idarəetməsi|Государственное управление|Kamu yönetimi|publij administration,dovlat idaraatmasi,gosudarstvanoa upravlania,gamu ionatimi`;
