import { builtinModules } from 'node:module';

import { defineConfig } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import boundaries from 'eslint-plugin-boundaries';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

import { filesOf, GUARDED_PACKAGES, PLATFORM_READER, ROOMS } from './build/layers.mjs';

const SOURCES = ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'acceptance/**/*.ts'];
const TYPED = [...SOURCES, 'test/**/*.{ts,tsx}', 'vitest.config.ts'];
const SCRIPTS = ['build/**/*.mjs', 'eslint.config.js'];
const WINDOWS_FUNCTIONS = ['electron/adapters/windows/koffi/{advapi32,console-code-page,machine-functions}.ts'];
const CONFIG_FILES = ['eslint.config.js', 'vitest.config.ts'];

/** Imports refused in a room, each with what to use instead. */
function importBans({ isPure = false, packages = [] }, file = '') {
  const patterns = Object.entries(GUARDED_PACKAGES)
    .filter(([name]) => !packages.includes(name))
    .map(([name, message]) => ({ regex: `^(@[^/]+/)?${name}($|/|-)`, message }));
  if (!isPure && file !== PLATFORM_READER) {
    patterns.push({
      regex: '^(node:)?os$',
      importNames: ['hostname'],
      message: `Fails on Windows 7 and Server 2008 R2: the name comes from ${PLATFORM_READER}.`,
    });
  }
  if (isPure) {
    const names = builtinModules.filter((name) => !name.startsWith('_')).join('|');
    patterns.push({ regex: `^(node:|(${names})(/|$))`, message: 'This room is pure: it gets values as parameters, and knows no Node.' });
  }
  return ['error', { patterns }];
}

/** What a pure function cannot ask for itself: time and chance come in as parameters. */
const PURE_GLOBALS = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'process',
  'Buffer',
  'console',
  'window',
  'document',
  'require',
].map((name) => ({ name, message: 'This room is pure: take the value as a parameter.' }));

const SHAPES = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
  // A constructor has no other way to be private.
  {
    selector: ":not(MethodDefinition[kind='constructor'])[accessibility='private']",
    message: 'Name it #name: it is private also while it runs.',
  },
  { selector: "CatchClause > Identifier.param:not([name='error'])", message: 'Call what is caught `error`.' },
  {
    selector: "CallExpression[callee.property.name='catch'] > :function > Identifier.params:first-child:not([name='error'])",
    message: 'Call what is caught `error`.',
  },
];

/** The same refusals for `import(…)` and `require(…)`, which no-restricted-imports does not see. */
function lateImportBans({ packages = [] }) {
  return Object.entries(GUARDED_PACKAGES)
    .filter(([name]) => !packages.includes(name))
    .map(([name, message]) => ({
      selector: `:matches(ImportExpression[source.value=/^${name}/], CallExpression[callee.name=/^require/][arguments.0.value=/^${name}/])`,
      message,
    }));
}

const CLOCKS_AND_CHANCE = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time as a parameter (Instant).' },
  { selector: "CallExpression[callee.name='Date']", message: 'Take the time as a parameter (Instant).' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Take the time as a parameter (Instant).' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Take the chance as a parameter.' },
];

const TIMERS_AND_CLOCKS = ['setTimeout', 'setInterval', 'performance'].map((name) => ({
  name,
  message: 'Take the time from outside: ports/clock.ts for rests and deadlines, ports/host.ts for the time of the server.',
}));

function globalBans({ isPure, takesItsClock }) {
  if (isPure) return ['error', ...PURE_GLOBALS];
  return takesItsClock ? ['error', ...TIMERS_AND_CLOCKS] : 'off';
}

const roomRules = Object.entries(ROOMS).map(([name, room]) => ({
  files: filesOf(name),
  rules: {
    'no-restricted-imports': importBans(room),
    'no-restricted-syntax': ['error', ...SHAPES, ...lateImportBans(room), ...(room.isPure || room.takesItsClock ? CLOCKS_AND_CHANCE : [])],
    'no-restricted-globals': globalBans(room),
  },
}));

const layerRules = {
  files: SOURCES,
  plugins: { boundaries },
  settings: {
    'import/resolver': { typescript: { project: './tsconfig.eslint.json' } },
    'boundaries/files': [
      ...Object.keys(ROOMS).map((category) => ({ category, pattern: filesOf(category) })),
      { category: 'outside', pattern: '{test,build,release}/**/*' },
    ],
  },
  rules: {
    'boundaries/no-unknown-files': 'error',
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        message: 'This room may not import that one. The map of allowed arrows is build/layers.mjs.',
        policies: Object.entries(ROOMS).map(([room, { imports }]) => ({
          from: { file: { categories: room } },
          allow: { to: { file: { categories: { anyOf: [room, ...imports] } } } },
        })),
      },
    ],
  },
};

const typedRules = {
  files: TYPED,
  extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
  languageOptions: { parserOptions: { project: './tsconfig.eslint.json', tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
    ],
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    '@typescript-eslint/explicit-module-boundary-types': 'error',
    '@typescript-eslint/no-import-type-side-effects': 'error',
    // A number in a message is what the message is about.
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    // `() => log(line)` and `return draw(step)` are how a callback and a switch that answer nothing read best.
    '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
    // An async method without await still promises what its port promises: a rejection, never a throw.
    '@typescript-eslint/require-await': 'off',
    '@typescript-eslint/prefer-readonly': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  },
};

const sharedRules = {
  files: [...TYPED, ...SCRIPTS],
  plugins: { 'import-x': importX },
  settings: {
    'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.eslint.json' })],
    'import-x/extensions': ['.ts', '.tsx', '.mjs'],
    // The app runs inside Electron; the package of that name only carries its types.
    'import-x/core-modules': ['electron'],
  },
  linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
  rules: {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    curly: ['error', 'multi-line'],
    'no-var': 'error',
    'prefer-const': 'error',
    'object-shorthand': 'error',
    'no-constant-condition': ['error', { checkLoops: false }],
    'no-unreachable': 'error',
    'no-unsafe-finally': 'error',
    'no-useless-assignment': 'error',
    'no-param-reassign': 'error',
    'no-fallthrough': 'error',
    'no-nested-ternary': 'off',
    'default-case-last': 'error',
    'no-restricted-syntax': ['error', ...SHAPES],
    'import-x/no-cycle': ['error', { ignoreExternal: true }],
    'import-x/no-self-import': 'error',
    'import-x/no-default-export': 'error',
    'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
    'import-x/no-extraneous-dependencies': ['error', { devDependencies: [...SCRIPTS, ...CONFIG_FILES, 'test/**'] }],
    'import-x/order': [
      'error',
      {
        groups: ['builtin', 'external', ['parent', 'sibling']],
        pathGroups: [{ pattern: 'electron', group: 'external' }],
        pathGroupsExcludedImportTypes: [],
        'newlines-between': 'always',
        alphabetize: { order: 'asc', caseInsensitive: true },
      },
    ],
    'max-params': ['error', { max: 4 }],
    'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
  },
};

export default defineConfig(
  { ignores: ['node_modules/', 'release/', 'build/types/', 'coverage/'] },
  sharedRules,
  typedRules,
  {
    files: SOURCES,
    rules: {
      'max-lines-per-function': ['error', { max: 45, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'platform', message: `Asked once, in ${PLATFORM_READER}.` },
        { object: 'os', property: 'platform', message: `Asked once, in ${PLATFORM_READER}.` },
      ],
    },
  },
  // Windows says how many parameters its functions take.
  { files: WINDOWS_FUNCTIONS, rules: { 'max-params': 'off' } },
  { files: [PLATFORM_READER], rules: { 'no-restricted-properties': 'off' } },
  layerRules,
  roomRules,
  { files: [PLATFORM_READER], rules: { 'no-restricted-imports': importBans(ROOMS['composition'], PLATFORM_READER) } },
  { files: CONFIG_FILES, rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // Tables of cases take a line for each value.
      'max-lines': ['error', { max: 520, skipBlankLines: true, skipComments: true }],
    },
  },
);
