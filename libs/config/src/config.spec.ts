import { ConfigError, loadConfig } from './config.js';

const faultsOf = (env: NodeJS.ProcessEnv): string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe('configuration', () => {
  it('needs nothing at all to start on the embedded default', () => {
    expect(loadConfig({})).toMatchObject({ port: 3000, dataDir: './.data', publicUrl: 'http://localhost:3000' });
  });

  it('counts an empty variable as absent', () => {
    expect(loadConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: undefined, port: 3000 });
  });

  it('names every fault at once, those between variables included', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      PORT: '80x',
      DATABASE_URL: 'mysql://x',
      LOG_LEVEL: 'loud',
      ADMIN_EMAIL: 'a@b.example',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'LOG_LEVEL',
      'JWT_SECRET',
      'POSTAL_ADDRESS',
      'ADMIN_EMAIL',
    ]);
  });

  it.each([
    ['WORKER_CONCURRENCY', '0'],
    ['PORT', '65536'],
    ['SMTP_URL', 'mail.example'],
    ['MAIL_FROM', 'nobody'],
    ['JWT_SECRET', 'short'],
    ['MAIL_DOMAIN_CONCURRENCY', '0'],
    ['MAIL_DOMAIN_RATES', 'gmail.com'],
    ['MAIL_DOMAIN_RATES', 'gmail.com=0'],
    ['MAIL_DOMAIN_RATES', '*=60,,gmail.com=5'],
    ['HOME_TIME_ZONES', 'Asia/Baku,Washington'],
    ['HOME_TIME_ZONES', '+04:00'],
    ['HOME_TIME_ZONES', 'Asia/Baku,'],
    ['DEAL_STALLED_AFTER', '30'],
    ['DEAL_STALLED_AFTER', 'P0D'],
    ['DEAL_STALLED_AFTER', 'P11Y'],
    ['DEAL_STALLED_AFTER', '-P30D'],
  ])('refuses %s=%s and says which it is', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name} must`)]);
  });

  it('takes mails per minute for single domains, and for all others', () => {
    expect(loadConfig({ MAIL_DOMAIN_RATES: '*=60, Gmail.com = 1200' }).mailDomainRates).toEqual({
      '*': 60,
      'gmail.com': 1200,
    });
    expect(loadConfig({}).mailDomainRates).toEqual({});
  });

  it('takes the zones of both sides, Washington and Baku unless said otherwise', () => {
    expect(loadConfig({}).homeTimeZones).toEqual(['America/New_York', 'Asia/Baku']);
    expect(loadConfig({ HOME_TIME_ZONES: 'Europe/Istanbul, Asia/Baku' }).homeTimeZones).toEqual([
      'Europe/Istanbul',
      'Asia/Baku',
    ]);
  });

  it('takes the time after which deals stall, thirty days unless said otherwise, or none', () => {
    const after = (value?: string) => loadConfig({ DEAL_STALLED_AFTER: value }).dealStalledAfter;
    expect([after(), after('P6W'), after('P1M'), after('PT90M'), after('none')]).toEqual([
      'P30D',
      'P6W',
      'P1M',
      'PT90M',
      null,
    ]);
  });

  it('takes a sender with a display name', () => {
    expect(loadConfig({ MAIL_FROM: 'Chamber Events <events@chamber.example>' }).mailFrom).toContain(
      'events@chamber.example',
    );
  });
});
