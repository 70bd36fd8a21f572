import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Text from outside may hold what a terminal obeys, so one file alone prints (`src/terminal/output.ts`). */
const PRINTING = [
  "MemberExpression[object.name='process'][property.name=/^(stdout|stderr)$/]",
  "MemberExpression[object.name='process'][computed=true]",
  "VariableDeclarator[init.name='process'] Property[key.name=/^(stdout|stderr)$/]",
  'ImportDeclaration[source.value=/^(node:)?process$/]',
  'Identifier[name=/^(console|writeSync)$/]',
].map((selector) => ({ selector, message: 'Print with printTo of src/terminal/output.ts.' }));

/** The members of a literal need no other one around them. */
const SPREAD = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message: 'Write the members themselves.',
};

export default tseslint.config(
  { ignores: ['dist', 'generated', 'cdktf.out', '.stryker-tmp'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Recurses without end on a type that refers to itself, such as PolicyValue.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': ['error', SPREAD],
    },
  },
  {
    files: ['src/**/*.ts'],
    // The journal writes to a file of its own; pasted-lines.ts sends the terminal two fixed control sequences.
    ignores: [
      'src/terminal/output.ts',
      'src/terminal/pasted-lines.ts',
      'src/workspace/transaction/journal.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', SPREAD, ...PRINTING] },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { Buffer: 'readonly', console: 'readonly', process: 'readonly', URL: 'readonly' },
    },
  },
);
