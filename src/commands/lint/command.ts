import { POLICY_INPUT } from '../policy-input-notes.ts';
import { command, JSON_FLAG } from '../record.ts';

export const lintCommand = command({
  name: 'lint',
  summary: 'check trust policies from any source',
  about:
    'Checks the trust policies of roles that trust a GitLab issuer. docs/rules.md explains each rule.',
  usage: ['lint [input …] [flags]'],
  examples: [
    { line: 'lint my-oidc' },
    { line: 'terraform show -json plan.tfplan | PROGRAM lint - --format codequality' },
    { line: 'aws iam list-roles | PROGRAM lint -' },
  ],
  arguments: [{ name: 'input', many: true }],
  flags: {
    format: {
      value: 'KIND',
      help: 'text, json, sarif or codequality (of GitLab)',
      default: 'text',
    },
    json: JSON_FLAG,
    'max-severity': {
      value: 'KIND',
      help: 'the worst to accept: warning or none',
      default: 'warning',
    },
    issuer: {
      value: 'URL',
      help: 'an issuer that is a GitLab without looking like one',
      many: true,
    },
  },
  notes: POLICY_INPUT,
  exits: { 0: 'nothing worse than accepted', 1: 'findings' },
  run: async (flags, inputs) => {
    const { runLint } = await import('./lint.ts');
    return runLint({
      inputs: inputs.length > 0 ? inputs : ['.'],
      format: flags.json ? 'json' : (flags.format ?? 'text'),
      maxSeverity: flags['max-severity'] ?? 'warning',
      issuers: flags.issuer ?? [],
    });
  },
});
