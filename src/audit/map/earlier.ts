import * as v from 'valibot';
import { type Locate, shaped } from '../../lint/gate/shape.ts';
import type { ComparedReport } from './changes.ts';

const FIX = 'Give a file that audit --json wrote';
const Text = v.string(FIX);
const Texts = v.array(Text, FIX);
const Natural = v.pipe(v.number(FIX), v.safeInteger(FIX), v.minValue(0, FIX));
const Level = v.picklist([0, 1, 2, 3, 4], FIX);
const Certainty = v.picklist(['allowed', 'conditional', 'undetermined'], FIX);
const Place = v.object({ file: Text, path: Text, line: v.exactOptional(Natural) }, FIX);

const Source = v.object(
  {
    id: Text,
    text: Text,
    kind: v.picklist(['project', 'group', 'pattern', 'any'], FIX),
    issuer: Text,
    path: v.exactOptional(Text),
    ids: Texts,
    exceptPaths: Texts,
  },
  FIX,
);

const Power = v.object(
  {
    kind: v.picklist(
      ['administrator', 'escalation', 'assume', 'read', 'write', 'run', 'expose'],
      FIX,
    ),
    text: Text,
    actions: Texts,
    resources: Texts,
    source: v.exactOptional(Text),
  },
  FIX,
);

const Role = v.object(
  {
    id: Text,
    account: Text,
    name: Text,
    arn: v.exactOptional(Text),
    trustsGitlab: v.boolean(FIX),
    exposure: Level,
    power: Level,
    risk: Natural,
    powers: v.array(Power, FIX),
    lastUsed: v.exactOptional(v.nullable(Text)),
    undetermined: Texts,
  },
  FIX,
);

const Grant = v.object(
  { source: Text, role: Text, certainty: Certainty, text: Text, witness: Text },
  FIX,
);

const Chain = v.object(
  { roles: Texts, certainty: Certainty, toAdministrator: v.boolean(FIX) },
  FIX,
);

const Finding = v.object(
  {
    id: Text,
    name: Text,
    severity: v.picklist(['error', 'warning', 'undetermined'], FIX),
    on: Text,
    path: Text,
    message: Text,
    fix: Text,
    status: v.picklist(['open', 'baseline', 'suppressed'], FIX),
    reason: v.exactOptional(Text),
    place: Place,
  },
  FIX,
);

/** What is compared of a report; other fields may be of a later version of this program. */
const Report = v.object(
  {
    version: v.literal(1, FIX),
    date: v.pipe(Text, v.isoDate(FIX)),
    sources: v.array(Source, FIX),
    roles: v.array(Role, FIX),
    grants: v.array(Grant, FIX),
    chains: v.array(Chain, FIX),
    findings: v.array(Finding, FIX),
  },
  FIX,
);

/** Reads a report that `audit --json` wrote. @throws {ProblemError} with everything that does not fit */
export function readEarlierReport(content: unknown, locate: Locate): ComparedReport {
  return shaped(Report, content, locate);
}
