import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** Everything a process needs to know from outside; read once at boot, never again. */
export interface Config {
  /** `production` demands JWT_SECRET and writes one JSON line per log entry. */
  environment: 'production' | 'development' | 'test';
  /** TCP port of the API; 0 lets the system choose. */
  port: number;
  /** Folder of the embedded PostgreSQL, the local mailbox and generated secrets. */
  dataDir: string;
  /** PostgreSQL 15 or newer; absent means the embedded server in `dataDir`. */
  databaseUrl?: string;
  /** Redis or Valkey that runs the queue; absent means the queue lives in PostgreSQL. */
  redisUrl?: string;
  /** SMTP server; absent means the local mailbox. */
  smtpUrl?: string;
  /** `From` of every mail, e.g. `Chamber Events <events@chamber.example>`. */
  mailFrom: string;
  /** Address under which people reach this system; links in mails start with it. */
  publicUrl: string;
  /** Reverse proxies in front of the API; the client's address is then read from X-Forwarded-For. */
  trustedProxies: number;
  /** First boot creates this administrator. */
  adminEmail?: string;
  adminPassword?: string;
  /** Key of the access tokens' signature, at least 32 characters. */
  jwtSecret?: string;
  /** Postal address printed in every mail. */
  postalAddress: string;
  logLevel: LogLevel;
  /** Mails and import batches handled at once by one worker, 1–100. */
  workerConcurrency: number;
  /** Mails of one recipients' domain in the hands of all workers at once; absent means three quarters of `workerConcurrency`. */
  mailDomainConcurrency?: number;
  /** Most mails per minute to one recipients' domain, by domain; `*` stands for every other. Empty means no limit. */
  mailDomainRates: Record<string, number>;
  /** IANA zones in which answers tell the time of events, beside the event's own. */
  homeTimeZones: string[];
  /** ISO 8601 duration without a touch after which an open deal has stalled; null: deals do not stall. */
  dealStalledAfter: string | null;
}

/** The house is in the first of its zones. */
export const houseTimeZone = ({ homeTimeZones }: Pick<Config, 'homeTimeZones'>): string => homeTimeZones[0] ?? 'UTC';

/** Those of the two sides. */
export const DEFAULT_HOME_TIME_ZONES = ['America/New_York', 'Asia/Baku'];

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every fault of the environment at once, so that one restart mends them all. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n` +
        faults.map((f) => `  - ${f}`).join('\n'),
    );
    this.name = 'ConfigError';
  }
}

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1)), {
    error: `must be a URL that starts with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  });

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    });

/** `events@chamber.example`, alone or as `Chamber Events <events@chamber.example>`. */
const mailbox = z
  .string()
  .regex(
    /^(?:[^<>\r\n]+<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/,
    'must be an address, with or without a name: Chamber <events@chamber.example>',
  );

const RATE = /^\s*(\*|[a-z0-9.-]{1,253})\s*=\s*([1-9]\d{0,5})\s*$/i;

/** `*=600, gmail.com=1200` */
const rates = z
  .string()
  .refine((value) => value.split(',').every((rate) => RATE.test(rate)), {
    error: 'must be mails per minute by domain, such as *=600,gmail.com=1200',
  })
  .transform((value) =>
    Object.fromEntries(
      value.split(',').map((rate): [string, number] => {
        const [, domain = '', perMinute] = RATE.exec(rate) ?? [];
        return [domain.toLowerCase(), Number(perMinute)];
      }),
    ),
  );

/** Bare offsets such as `+04:00` are no zones. */
const isZone = (name: string): boolean => {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
};

/** `America/New_York,Asia/Baku` */
const zones = z
  .string()
  .transform((value) => [...new Set(value.split(',').map((name) => name.trim()))])
  .refine((names) => names.length <= 10 && names.every(isZone), {
    error: 'must be up to 10 IANA time zones with commas between them, such as America/New_York,Asia/Baku',
  });

const STALL = /^P(?=\d|T\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?(T(?=\d)(\d{1,5}H)?(\d{1,5}M)?)?$/;
const LONGEST_STALL = 'P10Y';

/** `P30D`, or `none` */
const stall = z
  .string()
  .refine((value) => value === 'none' || isStall(value), {
    error: 'must be an ISO 8601 duration from PT1M to P10Y such as P30D, or none',
  })
  .transform((value) => (value === 'none' ? null : value));

function isStall(value: string): boolean {
  if (!STALL.test(value)) return false;
  const relativeTo = '2026-01-01';
  const compared = (other: Temporal.DurationLike | string) => Temporal.Duration.compare(value, other, { relativeTo });
  return compared('PT1M') >= 0 && compared(LONGEST_STALL) <= 0;
}

const schema = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], { error: 'must be production, development or test' })
    .default('development'),
  PORT: integer(0, 65_535).default(3000),
  DATA_DIR: z.string().default('./.data'),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  REDIS_URL: url('redis', 'rediss').optional(),
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: mailbox.default('Chamberlain <chamberlain@localhost.localdomain>'),
  PUBLIC_URL: url('http', 'https').optional(),
  TRUST_PROXY: integer(0, 10).default(0),
  ADMIN_EMAIL: z.email({ error: 'must be an e-mail address' }).optional(),
  ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  POSTAL_ADDRESS: z.string().default('Postal address not configured (set POSTAL_ADDRESS)'),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('log'),
  WORKER_CONCURRENCY: integer(1, 100).default(10),
  MAIL_DOMAIN_CONCURRENCY: integer(1, 100).optional(),
  MAIL_DOMAIN_RATES: rates.default({}),
  HOME_TIME_ZONES: zones.default(DEFAULT_HOME_TIME_ZONES),
  DEAL_STALLED_AFTER: stall.default('P30D'),
});

/** Reads the environment; an empty variable counts as absent. Throws ConfigError with every fault. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  faults.push(...faultsBetween(present));
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return toConfig(parsed.data);
}

/** Rules that need more than one variable. */
function faultsBetween(env: NodeJS.ProcessEnv): string[] {
  const faults: string[] = [];
  if (env.NODE_ENV === 'production' && !env.JWT_SECRET) faults.push('JWT_SECRET is required when NODE_ENV=production');
  if (env.NODE_ENV === 'production' && !env.POSTAL_ADDRESS)
    faults.push('POSTAL_ADDRESS is required when NODE_ENV=production');
  if (Boolean(env.ADMIN_EMAIL) !== Boolean(env.ADMIN_PASSWORD))
    faults.push('ADMIN_EMAIL and ADMIN_PASSWORD go together');
  return faults;
}

function toConfig(env: z.output<typeof schema>): Config {
  return {
    environment: env.NODE_ENV,
    port: env.PORT,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    trustedProxies: env.TRUST_PROXY,
    adminEmail: env.ADMIN_EMAIL,
    adminPassword: env.ADMIN_PASSWORD,
    jwtSecret: env.JWT_SECRET,
    postalAddress: env.POSTAL_ADDRESS,
    logLevel: env.LOG_LEVEL,
    workerConcurrency: env.WORKER_CONCURRENCY,
    mailDomainConcurrency: env.MAIL_DOMAIN_CONCURRENCY,
    mailDomainRates: env.MAIL_DOMAIN_RATES,
    homeTimeZones: env.HOME_TIME_ZONES,
    dealStalledAfter: env.DEAL_STALLED_AFTER,
  };
}
