import { blobId } from './blob-id.ts';
import { mergeText } from './merge-text.ts';

/** What an update does with one file. */
type PlannedChange =
  /** The answers, by the command itself: only the lines that change. */
  | 'edited'
  /** Not there yet, and generated now. */
  | 'added'
  /** As it was generated last, and otherwise now. */
  | 'replaced'
  /** Edited by hand, and otherwise generated now: both changes are in it. */
  | 'merged'
  /** As merged, but some changes exclude each other and stand between conflict markers. */
  | 'conflict'
  /** As it was generated last, and not generated any more. */
  | 'removed';

/** What an update leaves alone on purpose. */
export type FileKept =
  /** Edited by hand; nothing new to merge into it. */
  | 'edited'
  /** Deleted by hand; not created again. */
  | 'deleted'
  /** Not generated any more, but edited by hand. */
  | 'orphaned';

interface PlannedFile {
  readonly path: string;
  readonly change: PlannedChange;
  /** `undefined`: there is no such file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly conflicts: number;
}

export interface UpdatePlan {
  readonly changes: readonly PlannedFile[];
  readonly kept: readonly { readonly path: string; readonly kept: FileKept }[];
}

export interface UpdateInput {
  /** What was generated last: relative path to blob id. */
  readonly last: ReadonlyMap<string, string>;
  /** What is there now; a missing path is a missing file. */
  readonly now: ReadonlyMap<string, string>;
  /** What is generated now. */
  readonly next: ReadonlyMap<string, string>;
  /** The text that was generated last, where it can be had; asked for edited files only. */
  readonly base: (path: string) => string | undefined;
}

/** Compares what was generated last, what is there, and what is generated now; pure. */
export function planUpdate({ last, now, next, base }: UpdateInput): UpdatePlan {
  const changes: PlannedFile[] = [];
  const kept: { path: string; kept: FileKept }[] = [];
  for (const path of [...new Set([...next.keys(), ...last.keys()])].sort()) {
    const [before, after, known] = [now.get(path), next.get(path), last.get(path)];
    const change = (kind: PlannedChange, text: string | undefined, conflicts = 0) =>
      changes.push({ path, change: kind, before, after: text, conflicts });
    if (before === undefined) {
      if (after === undefined) continue;
      if (known === undefined) change('added', after);
      else kept.push({ path, kept: 'deleted' });
    } else if (after === undefined) {
      if (blobId(before) === known) change('removed', undefined);
      else kept.push({ path, kept: 'orphaned' });
    } else if (before !== after) {
      if (blobId(before) === known) change('replaced', after);
      else {
        const { text, conflicts } = mergeText(base(path), before, after);
        if (text === before) kept.push({ path, kept: 'edited' });
        else change(conflicts > 0 ? 'conflict' : 'merged', text, conflicts);
      }
    }
  }
  return { changes, kept };
}
