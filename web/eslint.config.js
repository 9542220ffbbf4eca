import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

const clocks = [
  { object: 'Date', property: 'now', message: 'Take `now` as a value; app/clock.ts is the one place that reads it.' },
];

export default defineConfig(
  { ignores: ['eslint.config.js', 'dist', 'node_modules', 'public', 'src/routeTree.gen.ts', 'src/api/schema.d.ts', 'e2e/results', 'e2e/screenshots', 'shots/results', 'shots/pictures'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  hooks.configs.flat.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/only-throw-error': ['error', { allow: [{ from: 'package', package: '@tanstack/router-core', name: ['Redirect', 'NotFoundError'] }] }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', ...clocks],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }],
      'no-console': 'error',
    },
  },
  { files: ['src/app/clock.ts', 'e2e/**', 'shots/**'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/**/{zh,en}.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['e2e/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'CallExpression[callee.property.name="waitForTimeout"]', message: 'Wait for a condition, never for a time.' },
        { selector: 'CallExpression[callee.property.name="isVisible"]', message: 'A test says what must be there; it does not ask.' },
      ],
    },
  },
);
