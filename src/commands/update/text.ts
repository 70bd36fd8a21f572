import { fitted, styled, type Output } from '../../terminal/output.ts';
import { accessDiffByAccount } from '../../blueprint/access-diff/by-account.ts';
import type { FileKept, UpdatePlan } from '../../workspace/update-plan.ts';
import { accessDiffText } from './access-diff-text.ts';
import { visible } from '../../text/unprintable.ts';
import type { HandEdit } from '../../repository/hand-edits.ts';
import type { PreparedUpdate } from '../../repository/prepare-update.ts';

const KEPT: Readonly<Record<FileKept, string>> = {
  edited: 'edited by hand, kept',
  deleted: 'deleted by hand, left so',
  orphaned: 'not generated any more, kept for your edits',
};

/** What an update is about to do, in words; empty where there is nothing to do. */
export function updateText(prepared: PreparedUpdate, stream: Output): string {
  if (prepared.changes.length === 0) return '';
  return [
    warningsText(prepared.warnings, stream),
    ...(prepared.before
      ? [accessDiffText(accessDiffByAccount(prepared.before, prepared.after), stream)]
      : ['Cannot tell who gains or loses access: the previous answers are unavailable.\n']),
    filesText(prepared.plan, stream),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function filesText({ changes, kept }: UpdatePlan, stream: Output): string {
  const lines = [
    ...changes.map(({ path, change, conflicts }) =>
      change === 'conflict'
        ? `  ${styled(stream, 'red', change.padEnd(9))} ${path}: ${conflicts} to resolve\n`
        : `  ${change.padEnd(9)} ${path}\n`,
    ),
    ...kept.map(({ path, kept: why }) => `  ${'kept'.padEnd(9)} ${path}: ${KEPT[why]}\n`),
  ];
  if (lines.length === 0) return '';
  return fitted(`${styled(stream, 'bold', 'Files')}\n${lines.join('')}`, stream);
}

function warningsText(warnings: readonly string[], stream: Output): string {
  const lines = warnings.map((text) => `${styled(stream, 'yellow', '!')} ${visible(text)}\n`);
  return fitted(lines.join(''), stream);
}

/** Edits by hand that change what is deployed, or may do so. */
export function handEditsText(edits: readonly HandEdit[]): string {
  const blocks = edits.map(({ paths, effects }) => {
    const lines = effects.map((line) => `  ${visible(line)}\n`);
    return `Edited by hand: ${paths.map(visible).join(', ')}\n${lines.join('')}`;
  });
  return fitted(
    `${blocks.join('')}Undo these edits, or accept each file with a reason in accepted_edits of gitlab-aws-oidc.yaml.\n`,
    'stderr',
  );
}

/** What came of an update that was written. */
export function outcomeText(
  { changes }: UpdatePlan,
  written: PreparedUpdate['changes'],
  mergedMeanwhile: readonly string[],
): string {
  const conflicts = changes.filter(({ change }) => change === 'conflict');
  return [
    `Updated ${written.length} ${written.length === 1 ? 'file' : 'files'}.\n`,
    ...meanwhile(mergedMeanwhile),
    ...(conflicts.length > 0
      ? [
          'Your edits and the answers exclude each other in these; choose between the markers <<<<<<< and >>>>>>>:\n',
          ...conflicts.map(({ path }) => `  ${path}\n`),
        ]
      : []),
    ...BY_HAND.filter(([folder]) =>
      written.some(({ path, after }) => after !== undefined && path.startsWith(folder)),
    ).map(
      ([folder, page]) =>
        `${folder} changed, and no pipeline applies it: ${folder}${page} has the commands.\n`,
    ),
  ].join('');
}

/** What a person deploys, and the page that says how. */
const BY_HAND = [
  ['bootstrap/', 'README.md'],
  ['org/', 'README.md'],
  ['gitlab/', 'settings.md'],
] as const;

/** What came of an update that had been killed. */
export function recoveredText(merged: readonly string[]): string {
  return ['Finished the update that was interrupted.\n', ...meanwhile(merged)].join('');
}

function meanwhile(paths: readonly string[]): string[] {
  return paths.map((path) => `${path} was changed meanwhile; your change is merged.\n`);
}
