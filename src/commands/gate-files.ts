import { readYaml } from '../answers/yaml/yaml-text.ts';
import { pathText } from '../answers/path.ts';
import { type FindingKey, readBaseline } from '../lint/gate/baseline.ts';
import { type GateSettings, NO_SETTINGS, readGateSettings } from '../lint/gate/settings.ts';
import type { Locate } from '../lint/gate/shape.ts';
import { readFlagText } from '../terminal/read-flag-text.ts';
import { readJson } from '../text/json-text.ts';
import { ProblemError } from '../text/problem.ts';

/** Reads what `--settings` names. @throws {ProblemError} where it cannot be read, or with everything wrong in it */
export async function settingsFrom(file: string | undefined): Promise<GateSettings> {
  if (file === undefined) return NO_SETTINGS;
  const { content, positionOf } = readYaml(await readFlagText(file, '--settings'), file);
  return readGateSettings(content, (path) => {
    const text = pathText(path);
    return `${positionOf(path) ?? file}${text === '' ? '' : `: ${text}`}`;
  });
}

/** Reads what `--baseline` names. @throws {ProblemError} where it cannot be read, or is not a baseline */
export async function baselineFrom(
  file: string | undefined,
): Promise<readonly FindingKey[] | undefined> {
  if (file === undefined) return undefined;
  const read = readJson(await readFlagText(file, '--baseline'));
  if ('flaw' in read)
    throw new ProblemError([
      {
        where: file,
        what: `the baseline ${read.flaw}`,
        fix: 'Write it again with --write-baseline',
      },
    ]);
  const locate: Locate = (path) => (path.length === 0 ? file : `${file}: ${pathText(path)}`);
  return readBaseline(read.json, locate);
}
