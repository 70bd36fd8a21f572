import { hasVariable, readTemplate } from '../../iam/evaluate/template.ts';
import { valueHint } from '../hint.ts';

export const policyVariable = valueHint('policy-variable', (expected) =>
  hasVariable(readTemplate(expected, { wildcards: false, variables: true }))
    ? `"${expected}" holds \${…}, which IAM reads as a policy variable; a literal dollar sign is \${$}`
    : undefined,
);
