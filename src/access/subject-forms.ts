import {
  DEFAULT_COMPONENTS,
  ID_COMPONENTS,
  isSubComponent,
  SUB_COMPONENTS,
  type SubComponent,
} from '../gitlab/subject.ts';
import { patternText } from './tokens/pattern-text.ts';
import {
  matchesTheRest,
  NOTHING_READ,
  type Progress,
  keyOfPattern,
  type SubjectReader,
  readerOf,
  type Reading,
  type Readings,
  type SubjectPattern,
} from './tokens/subject-readings.ts';
import { TooMany } from './tokens/too-many.ts';
import { BoundedCache } from '../text/bounded-cache.ts';

/** What a subject is built of, in this order. */
export type SubjectForm = readonly SubComponent[];

/** A form, and what each pattern asks of the values in it. */
export interface ReadForm {
  readonly form: SubjectForm;
  /** In the order of the patterns. */
  readonly readings: readonly (readonly Reading[])[];
}

const READING_BOUND = 30_000;
/** GitLab refuses a form that does not begin with one of these. */
const LEADING: readonly SubComponent[] = ['project_path', 'project_id'];

/** A form on the way, and how far each pattern has come with it. */
interface Node {
  readonly form: SubjectForm;
  readonly progress: readonly Progress[];
}

/** Of each pattern nothing is read. */
const ROOT: Node = { form: [], progress: [] };

/**
 * The forms of subjects that some patterns can tell apart: every form that GitLab can be set to is, to these patterns,
 * like one of them. GitLab's default comes first, so that it stands for all that are like it.
 *
 * @throws {TooMany}
 */
export function formsToTellApart(patterns: readonly SubjectPattern[]): readonly ReadForm[] {
  const fixed = patterns.map(spelledForm);
  const spelled = new Map(fixed.map((form) => [form?.join(), form]));
  if (spelled.has(undefined)) return everyForm(patterns);
  const walk = new Walk(patterns);
  walk.along(DEFAULT_COMPONENTS);
  for (const form of spelled.values()) walk.along(form ?? []);
  return walk.found();
}

/** What {@link everyForm} found of some patterns, by their keys in order. */
const known = new BoundedCache<readonly ReadForm[]>(200);

/**
 * All forms that some patterns can tell apart. They do not depend on the order of the patterns, and the same patterns are
 * asked about again and again: by each rule, before and after a change, and there in both directions.
 */
function everyForm(patterns: readonly SubjectPattern[]): readonly ReadForm[] {
  const keys = patterns.map(keyOfPattern);
  const places = keys
    .map((_, at) => at)
    .sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1));
  const key = places.map((at) => keys[at]).join('|');
  const forms = known.of(key, () => {
    const walk = new Walk(places.flatMap((at) => patterns[at] ?? []));
    walk.along(DEFAULT_COMPONENTS);
    // Where a pattern asks for the id and no more, the form that people set comes before others that are like it.
    walk.along(ID_COMPONENTS);
    walk.everywhere();
    return walk.found();
  });
  const placeOf = patterns.map((_, at) => places.indexOf(at));
  return forms.map(({ form, readings }) => ({
    form,
    readings: placeOf.map((place) => readings[place] ?? []),
  }));
}

class Walk {
  private readonly forms = new Map<string, ReadForm>();
  private readonly seen = new Set<string>();
  private readonly mentioned: ReadonlySet<SubComponent>;
  private readonly readers: readonly SubjectReader[];
  private read = 0;

  constructor(private readonly patterns: readonly SubjectPattern[]) {
    this.mentioned = mentionedBy(patterns);
    this.readers = patterns.map(readerOf);
  }

  found(): ReadForm[] {
    return [...this.forms.values()];
  }

  along(form: SubjectForm): void {
    let node = ROOT;
    form.forEach((component, at) => {
      const { next, ended } = this.step(node, component);
      if (at === form.length - 1) this.note(next.form, ended);
      node = next;
    });
  }

  everywhere(): void {
    this.visit(ROOT);
  }

  private visit(node: Node): void {
    for (const component of this.nextComponents(node.form)) {
      const { next, ended } = this.step(node, component);
      this.note(next.form, ended);
      // Forms of the same components that were read alike go on alike, whatever their order.
      const key = keyOf(next);
      if (this.seen.has(key) || this.goesOnAlike(node, next)) continue;
      this.seen.add(key);
      this.visit(next);
    }
  }

  private step({ form, progress }: Node, component: SubComponent) {
    const steps = this.readers.map((reader, at) => reader(progress[at] ?? NOTHING_READ, component));
    for (const { progress: after, ended } of steps) {
      this.read += 1 + ended.size;
      for (const readings of after.values()) this.read += readings.size;
    }
    if (this.read > READING_BOUND) throw new TooMany('readings of a subject', READING_BOUND);
    return {
      next: { form: [...form, component], progress: steps.map((one) => one.progress) },
      ended: steps.map((one) => one.ended),
    };
  }

  private note(form: SubjectForm, ended: readonly Readings[]): void {
    // A reading that asks nothing has an empty key, and must not look like no reading.
    const key = ended
      .map((readings) =>
        [...readings.keys()]
          .sort()
          .map((one) => `(${one})`)
          .join(''),
      )
      .join('\n');
    if (this.forms.has(key)) return;
    this.forms.set(key, { form, readings: ended.map((readings) => [...readings.values()]) });
  }

  /** No pattern says more of the components that follow: none can match any more, or each matches whatever comes. */
  private goesOnAlike(before: Node, after: Node): boolean {
    return this.patterns.every((pattern, at) => {
      const now = after.progress[at] ?? new Map<number, Readings>();
      return (
        now.size === 0 ||
        (before.form.length > 0 &&
          matchesTheRest(pattern, before.progress[at] ?? now) &&
          matchesTheRest(pattern, now))
      );
    });
  }

  /**
   * The components that may come next. Those that no pattern can tell apart stand in one order only, and no more of
   * them than there are patterns: one is enough to keep a pattern from matching.
   */
  private nextComponents(form: SubjectForm): SubComponent[] {
    const left = SUB_COMPONENTS.filter((one) => !form.includes(one));
    if (form.length === 0) return left.filter((one) => LEADING.includes(one));
    const unmentioned = left.filter((one) => !this.mentioned.has(one));
    const used = form.filter((one, at) => at > 0 && !this.mentioned.has(one)).length;
    return [
      ...left.filter((one) => this.mentioned.has(one)),
      ...(used < this.patterns.length ? unmentioned.slice(0, 1) : []),
    ];
  }
}

function keyOf({ form, progress }: Node): string {
  const places = progress.map((one) =>
    [...one].map(([place, readings]) => `${place}:${[...readings.keys()].sort().join('|')}`).join(),
  );
  return [form.toSorted().join(), ...places].join('\n');
}

/** The one form whose subjects a text without wildcards can be; empty where it is none of GitLab's. */
function spelledForm({ pattern }: SubjectPattern): SubjectForm | undefined {
  if (pattern.some((one) => one < 0)) return undefined;
  const pieces = patternText(pattern).split(':');
  const names = pieces.filter((_, at) => at % 2 === 0).map((one) => one.toLowerCase());
  const form = names.filter(isSubComponent);
  const isForm =
    pieces.length % 2 === 0 &&
    form.length === names.length &&
    new Set(form).size === form.length &&
    LEADING.some((one) => one === form[0]);
  return isForm ? form : [];
}

function mentionedBy(patterns: readonly SubjectPattern[]): ReadonlySet<SubComponent> {
  const texts = patterns.map(({ pattern }) => patternText(pattern).toLowerCase());
  if (!texts.every(isPlain)) return new Set(SUB_COMPONENTS);
  return new Set(SUB_COMPONENTS.filter((one) => texts.some((text) => text.includes(one))));
}

/**
 * Whether a pattern is made of names and values, and its wildcards are each the last `*` of a value: such a `*` takes
 * up a component whole or not at all.
 */
function isPlain(text: string): boolean {
  const pieces = text.split(':');
  return pieces.every((piece, at) => {
    if (at % 2 === 1) return /^[^*?]*\*?$/.test(piece);
    return isSubComponent(piece) || (piece === '*' && at > 0 && at === pieces.length - 1);
  });
}
