import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, startChromium } from '../support/chromium.js';
import { type Invited, Invitees } from '../support/invitees.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

const executable = chromiumPath();
if (!executable)
  process.stderr.write(
    'The tests in a browser are skipped: there is no chromium here; install it or set CHROMIUM_PATH.\n',
  );

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };
const LONG = 'Azərbaycan–ABŞ Enerji və İnfrastruktur Əməkdaşlığı Forumu: Transxəzərmarşrutlarınınperspektivləri';

(executable ? describe : describe.skip)('in a browser, the public pages', () => {
  let api: TestApi;
  let browser: Browser;
  let invitees: Invitees;
  let context: BrowserContext | undefined;

  beforeAll(async () => {
    [api, browser] = await Promise.all([startTestApi(), startChromium(executable ?? '')]);
    invitees = await Invitees.at(api);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });
  afterEach(() => context?.close());

  /** Opens a page and keeps what the browser complains of, breaches of the Content-Security-Policy among it. */
  async function open(path: string, viewport: object, javaScriptEnabled = true): Promise<[Page, string[]]> {
    context = await browser.newContext({ viewport: viewport as typeof PHONE, javaScriptEnabled });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
    page.on('request', (request) => {
      if (!request.url().startsWith(api.url) && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    await page.goto(api.url + path);
    return [page, complaints];
  }

  const rowOf = ({ invitationId }: Invited) =>
    api.database.queryOne<{ status: string; note: string | null }>(
      'SELECT status, note FROM invitations WHERE id = $1',
      [invitationId],
    );
  const suppressed = async ({ email }: Invited) =>
    (await api.database.query('SELECT 1 FROM suppressions WHERE email = $1', [email])).length;
  const fits = (page: Page) => page.evaluate<boolean>(FITS);
  const focus = (page: Page) => page.evaluate<{ name?: string; field: boolean; seen: boolean }>(FOCUS);
  const tabTo = async (page: Page, name: string): Promise<void> => {
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      const now = await focus(page);
      if (now.name === name) return expect(now.seen).toBe(true);
    }
    throw new Error(`The keyboard does not get to "${name}".`);
  };

  it.each([
    ['en', 'a phone', PHONE, 'Maybe', 'tentative', 'You said that you may come.'],
    ['az', 'a phone', PHONE, 'Gələcəyəm', 'accepted', 'Gələcəyinizi bildirmisiniz.'],
    ['ru', 'a phone', PHONE, 'Не смогу прийти', 'declined', 'Вы сообщили, что не сможете прийти.'],
    ['en', 'a desktop', DESKTOP, 'I cannot come', 'declined', 'You said that you cannot come.'],
    ['az', 'a desktop', DESKTOP, 'Bəlkə', 'tentative', 'Bəlkə gələcəyinizi bildirmisiniz.'],
    ['ru', 'a desktop', DESKTOP, 'Приду', 'accepted', 'Вы сообщили, что придёте.'],
  ])('take an answer in %s on %s with the keyboard alone', async (locale, _, viewport, button, status, says) => {
    const invited = await invitees.one({ locale, name: LONG });
    const [page, complaints] = await open(invited.path, viewport);
    expect(await page.getAttribute('html', 'lang')).toBe(locale);
    expect(await fits(page)).toBe(true);
    do await page.keyboard.press('Tab');
    while (!(await focus(page)).field);
    expect((await focus(page)).seen).toBe(true);
    await page.keyboard.type('Gəlirəm, спасибо');
    await page.keyboard.press('Enter');
    await page.keyboard.type('<b>2</b>');
    await tabTo(page, button);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await page.locator('[role=status]').innerText()).toContain(says);
    expect(await page.locator('textarea').inputValue()).toBe('Gəlirəm, спасибо\n<b>2</b>');
    expect(await fits(page)).toBe(true);
    expect(await rowOf(invited)).toEqual({ status, note: 'Gəlirəm, спасибо\n<b>2</b>' });
    expect(complaints).toEqual([]);
  });

  it.each([
    ['en', PHONE, 'Unsubscribe', 'No more mails will be sent'],
    ['az', DESKTOP, 'Abunəlikdən çıxmaq', 'daha məktub göndərilməyəcək'],
    ['ru', PHONE, 'Отписаться', 'больше не будут приходить'],
  ])('end mails in %s with the keyboard alone', async (locale, viewport, button, says) => {
    const invited = await invitees.one({ locale });
    const [page, complaints] = await open(invited.wayOut, viewport);
    expect([await page.getAttribute('html', 'lang'), await fits(page), await suppressed(invited)]).toEqual([
      locale,
      true,
      0,
    ]);
    await tabTo(page, button);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Space')]);
    expect(await page.locator('[role=status]').innerText()).toContain(says);
    expect([await fits(page), await suppressed(invited)]).toEqual([true, 1]);
    expect(complaints).toEqual([]);
  });

  it('work without scripts', async () => {
    const invited = await invitees.one();
    const [page] = await open(invited.path, PHONE, false);
    await page.fill('textarea', 'By train');
    await page.click('text=I will come');
    expect(await rowOf(invited)).toEqual({ status: 'accepted', note: 'By train' });
    await page.goto(api.url + invited.wayOut);
    await page.click('button');
    expect(await suppressed(invited)).toBe(1);
  });

  it('run no script that somebody has put into a name', async () => {
    const evil = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">';
    const { path } = await invitees.one({ name: evil, fullName: evil });
    const [page, complaints] = await open(path, DESKTOP);
    expect(await page.locator('h1').innerText()).toBe(evil);
    expect(await page.title()).toBe(`Invitation: ${evil}`);
    expect(complaints).toEqual([]);
  });

  it('name every field and button, in an order that headings tell, with text that stands out', async () => {
    const { path } = await invitees.one();
    const [page] = await open(path, PHONE);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByLabel('Note to the organizers (optional)').count()).toBe(1);
    expect(await page.getByRole('group', { name: 'Your answer' }).getByRole('button').count()).toBe(3);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate<string[]>(FAINT_TEXTS)).toEqual([]);
    }
  });
});

/** What follows runs in the page, where there are other types than here. */
const FITS = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';

/** What has the focus, and whether that can be seen. */
const FOCUS = `(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return { name: element.textContent?.trim(), field: element instanceof HTMLTextAreaElement, seen };
})()`;

/** Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2 §1.4.3). */
const FAINT_TEXTS = `(() => {
  const rgb = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = (element) => {
    const color = rgb(element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)');
    return element && color[3] === 0 ? ground(element.parentElement) : color;
  };
  const texts = [...document.querySelectorAll('header, h1, p, dt, dd, label, legend, textarea, button, a, footer')];
  return texts.flatMap((element) => {
    const [one, other] = [luminance(rgb(getComputedStyle(element).color)), luminance(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return contrast >= 4.5 ? [] : [element.tagName + ' ' + contrast.toFixed(2)];
  });
})()`;
