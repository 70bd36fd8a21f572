import { POLICY_INPUT } from '../policy-input-notes.ts';
import { command, JSON_FLAG } from '../record.ts';
import { today } from '../today.ts';

export const compareCommand = command({
  name: 'compare',
  summary: 'show who gains and who loses access between two inputs, or prove that nobody does',
  about: `Compares who may assume the roles of two inputs, for every GitLab token there can be, and what the roles permit, as far as both inputs say it. Each difference comes with a token that the one input allows and the other denies. docs/compare.md describes the JSON.`,
  usage: ['compare BEFORE AFTER [flags]'],
  examples: [
    { line: 'compare state.json plan.json --fail-on gain' },
    { line: 'compare trust-policy.json my-oidc' },
    {
      line: 'compare main/terraform terraform --format markdown',
      does: 'for a note on a merge request',
    },
  ],
  arguments: [{ name: 'before' }, { name: 'after' }],
  flags: {
    format: { value: 'KIND', help: 'text, json or markdown', default: 'text' },
    json: JSON_FLAG,
    'fail-on': {
      value: 'KIND',
      help: 'exit 1 on gain, lose, change or undetermined; gain and lose include what cannot be determined',
      many: true,
    },
    issuer: {
      value: 'URL',
      help: 'an issuer that is a GitLab without looking like one',
      many: true,
    },
  },
  notes: POLICY_INPUT,
  exits: { 0: 'compared, and nothing of --fail-on found', 1: 'something of --fail-on found' },
  run: async (flags, [before, after]) => {
    const { runCompare } = await import('./compare.ts');
    return runCompare({
      before,
      after,
      format: flags.json ? 'json' : (flags.format ?? 'text'),
      failOn: flags['fail-on'] ?? [],
      issuers: flags.issuer ?? [],
      today: today(),
    });
  },
});
