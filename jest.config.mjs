/** One Jest run: unit tests beside their file, everything that needs PostgreSQL under test/. */
export default {
  rootDir: '.',
  testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
  moduleNameMapper: {
    '^es-toolkit/compat$': '<rootDir>/test/support/es-toolkit-compat.cjs',
    '^#migrations$': '<rootDir>/migrations/index.ts',
    '^#(api|worker|cli)$': '<rootDir>/apps/$1/src/index.ts',
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.(t|j)s$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|uuid|content-disposition|temporal-polyfill|temporal-utils|ical.js)/)',
  ],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // A ceiling, not an expectation: a machine that has other things to do takes its time.
  testTimeout: 60_000,
  maxWorkers: 2,
  // Each test file loads the program anew, and what it loaded is not all given back: a fresh process is quicker than a full heap.
  workerIdleMemoryLimit: '1500MB',
};
