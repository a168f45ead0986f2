import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Left to right: a feature asks those before it, by their readers and types; their services are their own. */
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

/** Services that a feature calls of those before it, and why. */
const SERVICES_LENT = {
  // A logged meeting names people the directory does not know yet; it creates them.
  'side-meetings': ['PeopleService', 'OrganizationsService'],
  // An accepted plan becomes meetings.
  'meeting-plans': ['MeetingSeriesService'],
};

const NO_FORWARD_REF = {
  name: '@nestjs/common',
  importNames: ['forwardRef'],
  message: 'Two modules that need each other want a third, or are one.',
};

/** `allowed`: services that may be called all the same. */
const restrictedImports = (allowed = []) => [
  'error',
  {
    paths: [NO_FORWARD_REF],
    patterns: [
      {
        regex: `^#(${FEATURES.join('|')})$`,
        importNamePattern: allowed.length > 0 ? `^(?!(${allowed.join('|')})$).*Service$` : 'Service$',
        message: 'Another feature’s records are read through its readers and never written.',
      },
    ],
  },
];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.data/']),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      // `async` also turns a throw into a rejection, and keeps the signature when a body loses its last await.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      complexity: ['error', 12],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      // Input is checked for control characters by name.
      'no-control-regex': 'off',
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': restrictedImports(),
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
    },
  },
  {
    // The HTTP side and the worker call services of any feature: that is what they are for.
    files: ['apps/**/*.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [NO_FORWARD_REF] }] },
  },
  ...FEATURES.map((feature) => ({
    files: [`libs/${feature}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': restrictedImports(SERVICES_LENT[feature]),
    },
  })),
  { files: ['libs/**/*.ts'], rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' } },
  // Programs speak on the console, before a logger and after it.
  { files: ['apps/cli/**/*.ts', 'apps/*/src/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['migrations/*.ts'],
    // A table and its triggers are one statement of purpose, however long.
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // supertest's bodies are `any`, and a `describe` is one long function.
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      complexity: 'off',
      'no-console': 'off',
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name="only"]',
          message: 'Leaves every other test out.',
        },
      ],
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    // Programs for Node itself: what it has, they may use.
    languageOptions: {
      globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])),
    },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
);
