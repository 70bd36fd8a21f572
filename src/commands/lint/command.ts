import { POLICY_INPUT } from '../policy-input-notes.ts';
import { GATE_FLAGS, ISSUER_FLAG } from '../gate-flags.ts';
import { printTo } from '../../terminal/output.ts';
import { command, JSON_FLAG } from '../record.ts';
import { today } from '../today.ts';

export const lintCommand = command({
  name: 'lint',
  summary: 'check trust policies from any source',
  about:
    'Checks the trust policies of roles that trust a GitLab issuer. --rules explains each rule, docs/accepting.md how to accept findings.',
  usage: ['lint [input …] [flags]'],
  examples: [
    { line: 'lint my-oidc' },
    { line: 'terraform show -json plan.tfplan | PROGRAM lint - --format codequality' },
    { line: 'aws iam list-roles | PROGRAM lint -' },
    {
      line: 'lint roles.json --write-baseline baseline.json',
      does: 'records the findings of today; lint roles.json --baseline baseline.json then fails on new ones only',
    },
  ],
  arguments: [{ name: 'input', many: true }],
  flags: {
    format: {
      value: 'KIND',
      help: 'text, json, sarif or codequality (of GitLab)',
      default: 'text',
    },
    json: JSON_FLAG,
    ...GATE_FLAGS,
    only: { value: 'KIND', help: 'gitlab: leave out roles that trust no GitLab' },
    issuer: ISSUER_FLAG,
    rules: { help: 'print what each rule finds, and why, in place of checking anything' },
  },
  notes: POLICY_INPUT,
  exits: { 0: 'no finding of --fail-on', 1: 'findings of --fail-on, or an item could not be read' },
  run: async (flags, inputs) => {
    const format = flags.json ? 'json' : (flags.format ?? 'text');
    if (flags.rules) {
      const { rulesReport } = await import('./rules-report.ts');
      printTo('stdout', rulesReport(format));
      return 0;
    }
    const { runLint } = await import('./lint.ts');
    return runLint({
      inputs: inputs.length > 0 ? inputs : ['.'],
      format,
      failOn: flags['fail-on'],
      settings: flags.settings,
      baseline: flags.baseline,
      writeBaseline: flags['write-baseline'],
      only: flags.only,
      issuers: flags.issuer ?? [],
      today: today(),
    });
  },
});
