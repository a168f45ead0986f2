/**
 * Who may import whom (docs/architecture.md). The libs stand in one order: a lib may import those before it, through
 * their index.ts (`#name`), and nothing else. A new lib takes its place here first.
 */
const MECHANISMS = ['faults', 'config', 'database', 'queue', 'threads', 'documents', 'timetable'];
const HUBS = [
  'audit',
  'access',
  'records',
  'calendar',
  'messaging',
  'delivery',
  'reminders',
  'invitations',
  'tasks',
  'imports',
];
const FEATURES = [
  'members',
  'member-lists',
  'merges',
  'conferences',
  'side-meetings',
  'trade-missions',
  'meeting-plans',
  'mission-papers',
  'deals',
  'agreements',
  'reports',
  'briefs',
];
const LIBS = [...MECHANISMS, ...HUBS, ...FEATURES];

const oneOf = (names) => `(${names.join('|')})`;
const packages = (...names) => `(^|/)node_modules/${oneOf(names)}`;
const SPEC = '\\.spec\\.ts$';

const leftwardsOnly = LIBS.slice(0, -1).map((lib, place) => ({
  name: `leftwards-only-${lib}`,
  comment: `libs/${lib} imports only what stands before it: ${LIBS.slice(0, place).join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: `^libs/${oneOf(LIBS.slice(place + 1))}/` },
}));

const appsApart = [
  { app: 'api', others: ['worker', 'cli'], except: undefined },
  { app: 'worker', others: ['api', 'cli'], except: undefined },
  { app: 'cli', others: ['api', 'worker'], except: '^apps/cli/src/up[^/]*\\.ts$' },
].map(({ app, others, except }) => ({
  name: `apps-apart-${app}`,
  comment: 'api, worker and cli never import one another; only `up` puts api and worker into one process.',
  severity: 'error',
  from: { path: `^apps/${app}/`, ...(except && { pathNot: except }) },
  to: { path: `^apps/${oneOf(others)}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...leftwardsOnly,
    {
      name: 'known-libs-only',
      comment: 'A lib that has no place in the order above.',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/${oneOf(LIBS)}/` },
      to: {},
    },
    {
      name: 'through-the-index',
      comment: 'A lib is entered through its index.ts (`#name`), never by an inner file.',
      severity: 'error',
      from: { path: '^(libs/[^/]+|apps/[^/]+|migrations)/' },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/'] },
    },
    {
      name: 'libs-below-apps',
      comment: 'libs never import apps.',
      severity: 'error',
      from: { path: '^(libs|migrations)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'migrations-alone',
      comment: 'A migration must mean the same for ever, so it imports nothing of ours that changes.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(libs|apps|test)/' },
    },
    {
      name: 'migrations-known-to-database',
      comment: 'Only the database lib runs migrations.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/database/' },
      to: { path: '^migrations/' },
    },
    ...appsApart,
    {
      name: 'up-through-the-index',
      comment: '`up` composes api and worker through their index.ts.',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: { path: '^apps/(api|worker)/', pathNot: '^apps/(api|worker)/src/index\\.ts$' },
    },
    {
      name: 'no-http-in-libs',
      comment: 'libs know nothing of HTTP.',
      severity: 'error',
      from: { path: '^libs/' },
      to: {
        path: packages(
          '@nestjs/(platform-|swagger|passport)',
          '@?fastify',
          '@bull-board',
          'passport',
          'supertest',
          'express',
        ),
      },
    },
    {
      name: 'bull-in-its-place',
      comment: 'Only libs/queue and apps/worker know Bull.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^(libs/queue|apps/worker)/' },
      to: { path: packages('bullmq/', '@nestjs/bullmq/') },
    },
    {
      name: 'bull-board-in-operations',
      comment: 'The queue board is part of the API’s operations pages.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^apps/api/src/operations/' },
      to: { path: packages('@bull-board/') },
    },
    {
      name: 'no-sql-in-apps',
      comment: 'Apps ask libs. The error filter alone recognises what the database refused.',
      severity: 'error',
      from: { path: '^apps/', pathNot: '^apps/api/src/http/problem\\.filter\\.ts$' },
      to: { path: packages('typeorm/', '@nestjs/typeorm/', 'pg/', 'pg-copy-streams/') },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'tests-stay-outside',
      comment: 'What runs never imports what tests it.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: SPEC },
      to: { path: ['^test/', SPEC] },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs imports only what a production install brings.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/.*\\.ts$', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere would escape every other rule.',
      severity: 'error',
      from: { path: '\\.ts$' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    // package.json maps `#name` to dist for Node and, under this condition, to the sources.
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.node', '.d.ts'],
    },
  },
};
