import type { Flags } from './record.ts';

/** What decides which findings fail, for each command that has findings. */
export const GATE_FLAGS = {
  'fail-on': {
    value: 'KIND',
    help: 'exit 1 on a finding of this severity or worse (warning, undetermined, error) or of this rule; commas between several',
    default: 'undetermined',
    many: true,
  },
  baseline: {
    value: 'FILE',
    help: 'accept the findings that this file records, and report those that are fixed',
  },
  'write-baseline': { value: 'FILE', help: 'record the findings in this file; exits 0' },
  settings: {
    value: 'FILE',
    help: 'severity of rules, and findings accepted with a reason until a date, in YAML or JSON',
  },
} as const satisfies Flags;

/** An issuer whose host does not look like a GitLab's. */
export const ISSUER_FLAG = {
  value: 'URL',
  help: 'an issuer that is a GitLab without looking like one',
  many: true,
} as const;
