import type { RoleKey } from '../access/role-context.ts';
import { applyGate, type Gate, type GatedFinding } from '../lint/gate/gate.ts';
import type { Finding } from '../lint/rule.ts';
import type { EstateRole } from './estate/estate-role.ts';
import type { AuditedEstate } from './estate/estate.ts';
import { AUDIT_RULES } from './findings/index.ts';
import type { AuditOptions, AuditRule, AuditSighting } from './findings/rule.ts';
import type { PlaceView } from './report.ts';
import { idOfRole } from './report.ts';
import { assess, type Assessment } from './risk/assess.ts';

/** A role or a provider with everything that was found of it. */
interface FoundOn {
  readonly key: RoleKey;
  readonly place: PlaceView;
  readonly findings: readonly Finding[];
}

/** What an audit comes to, before it is reported. */
export interface AuditResult {
  readonly assessment: Assessment;
  readonly gated: ReturnType<typeof applyGate<FoundOn>>;
  readonly options: AuditOptions;
}

/** Looks for everything that is wrong in an estate, and applies what a team decided about findings. */
export function audit(estate: AuditedEstate, gate: Gate, options: AuditOptions): AuditResult {
  const assessment = assess(estate);
  const found = new Map<string, { key: RoleKey; place: PlaceView; findings: Finding[] }>();
  const at = (key: RoleKey, place: PlaceView) => {
    const id = idOfRole(key);
    const known = found.get(id) ?? { key, place, findings: [] };
    found.set(id, known);
    return known;
  };
  for (const { role } of assessment.gitlab)
    at(role.key, role.place).findings.push(...lintFindings(role));
  for (const rule of AUDIT_RULES)
    for (const sighting of rule.check(assessment, options))
      at(sighting.key, sighting.place).findings.push(findingOf(rule, sighting));
  return { assessment, gated: applyGate([...found.values()], gate), options };
}

function lintFindings({ gitlab }: EstateRole): readonly Finding[] {
  return gitlab?.findings ?? [];
}

function findingOf(rule: AuditRule, { path, message, about, severity }: AuditSighting): Finding {
  const { id, name, fix } = rule;
  return {
    id,
    name,
    fix,
    path,
    message,
    about,
    severity: severity ?? rule.severity,
    harm: severity === 'undetermined' ? 'unknown' : 'weakens',
  };
}

/** Findings that nobody accepted. */
export function openFindings({ gated }: AuditResult): GatedFinding[] {
  return gated.roles.flatMap(({ findings }) => findings.filter(({ status }) => status === 'open'));
}
