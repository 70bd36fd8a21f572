import { GATE_FLAGS, ISSUER_FLAG } from '../gate-flags.ts';
import { CA_FILE_FLAG, command, JSON_FLAG } from '../record.ts';
import { today } from '../today.ts';

export const auditCommand = command({
  name: 'audit',
  summary: 'report which pipelines reach what in many accounts',
  about:
    'Reads AWS accounts, or dumps of them, and reports which GitLab projects may assume which roles, what those roles may do, by themselves and as other roles, and what is wrong with it. docs/audit.md has the policy that AWS needs for it, the commands that make the dumps, the findings and the scale of risk.',
  usage: ['audit [input …] [flags]', 'audit --live [flags]', 'audit --organization ROLE [flags]'],
  examples: [
    { line: 'audit dumps/' },
    { line: 'audit dumps/ --project acme/web', does: 'shows what that project can reach' },
    {
      line: 'audit dumps/ --gitlab https://gitlab.com',
      does: 'also finds projects that moved, were deleted, or can be taken over',
    },
    { line: 'audit dumps/ --role 111111111111/deploy', does: 'shows who can reach that role' },
    { line: 'audit --live', does: 'audits the account of your AWS credentials' },
    {
      line: 'audit --organization AuditRole',
      does: 'audits every account of your organization, by a role that each of them has',
    },
    {
      line: 'audit dumps/ --format html > access-map.html',
      does: 'writes the access map, a page that opens in a browser and loads nothing',
    },
    {
      line: 'audit dumps/ --write-baseline baseline.json',
      does: 'records the findings of today; audit dumps/ --baseline baseline.json then fails on new ones only',
    },
  ],
  arguments: [{ name: 'input', many: true }],
  flags: {
    live: { help: 'ask AWS for the account of your credentials; changes nothing', group: 'AWS' },
    organization: {
      value: 'ROLE',
      help: 'ask AWS for every account of your organization, by this role of each; changes nothing',
      group: 'AWS',
    },
    fresh: {
      help: 'read accounts again that an interrupted or earlier run had read',
      group: 'AWS',
    },
    format: {
      value: 'KIND',
      help: 'text, json, csv, sarif, codequality (of GitLab), markdown or html (the access map)',
      default: 'text',
    },
    json: JSON_FLAG,
    role: { value: 'ROLE', help: 'show this role, as account/name or ARN: who can reach it' },
    project: { value: 'PATH', help: 'show this project, by path or ID: what it can reach' },
    'unused-days': {
      value: 'N',
      help: 'report roles that were not used for this many days',
      default: '90',
    },
    ...GATE_FLAGS,
    compare: {
      value: 'FILE',
      help: 'mark in the access map what changed since this report of audit --json',
    },
    issuer: ISSUER_FLAG,
    gitlab: {
      value: 'URL',
      help: 'ask this GitLab (token in GITLAB_TOKEN, scope read_api) about the projects and groups that roles trust',
    },
    'gitlab-issuer': {
      value: 'URL',
      help: 'the issuer of its tokens',
      default: 'the URL of --gitlab',
    },
    'ca-file': CA_FILE_FLAG,
  },
  notes: `An input is a folder of dumps or one file: what aws iam get-account-authorization-details, list-open-id-connect-providers and get-open-id-connect-provider print, SCPs and RCPs as aws organizations describe-policy prints them, a Terraform plan or state, .tf files, a CloudFormation template, or a generated repository; - is standard input. The SCPs and RCPs that are given hold for all accounts of the input.
--live and --organization use the credentials that the AWS CLI would use. An account that cannot be read is reported as such, and the others are audited; accounts that were read are kept for 12 hours, so that a run which did not come to its end continues where it was.`,
  exits: {
    0: 'no finding of --fail-on',
    1: 'findings of --fail-on, or an item or an account could not be read',
  },
  run: async (flags, inputs) => {
    const { runAudit } = await import('./audit.ts');
    const asksAws = flags.live === true || flags.organization !== undefined;
    return runAudit({
      inputs: inputs.length > 0 || asksAws ? inputs : ['.'],
      live: flags.live ?? false,
      organization: flags.organization,
      fresh: flags.fresh ?? false,
      format: flags.json ? 'json' : (flags.format ?? 'text'),
      role: flags.role,
      project: flags.project,
      unusedDays: flags['unused-days'] ?? '90',
      failOn: flags['fail-on'],
      settings: flags.settings,
      baseline: flags.baseline,
      writeBaseline: flags['write-baseline'],
      compare: flags.compare,
      issuers: flags.issuer ?? [],
      gitlab: flags.gitlab,
      gitlabIssuer: flags['gitlab-issuer'],
      caFile: flags['ca-file'],
      today: today(),
    });
  },
});
