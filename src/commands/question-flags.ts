import type { QuestionFlags } from '../doctor/facts/question-flags.ts';
import type { Flag } from './record.ts';

const group = 'The job';

/** The flags that say which job is asked about. */
export const QUESTION_FLAGS = {
  project: { value: 'PATH', help: 'project of the job', group },
  branch: {
    value: 'NAME',
    help: 'branch it runs on; of a merge request, the source branch',
    group,
  },
  tag: { value: 'NAME', help: 'tag it runs on', group },
  mr: { help: 'the pipeline is of a merge request', group },
  protected: { help: 'the ref is protected', group },
  'project-id': {
    value: 'ID',
    help: 'numeric id of the project',
    default: 'that of the answers',
    group,
  },
  claim: { value: 'NAME=VALUE', help: 'another claim of the token', many: true, group },
  aud: {
    value: 'TEXT',
    help: "the token's audience",
    default: 'that of the answers, or the issuer',
    group,
  },
  sub: { value: 'TEXT', help: 'the whole subject, in place of project and ref', group },
  'token-file': {
    value: 'FILE',
    help: 'a token, in place of all these; - is standard input',
    group,
  },
} as const satisfies Record<keyof QuestionFlags, Flag>;
