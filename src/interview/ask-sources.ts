import type { Draft } from '../answers/read.ts';
import { checkGroupPath, checkProjectPath } from '../gitlab/project-path.ts';
import { DEFAULT_COMPONENTS, type SubComponent } from '../gitlab/subject.ts';
import type { Asker } from './asker.ts';
import { firstFlaw } from './first-flaw.ts';
import { chooseSources } from './guide/choose-sources.ts';
import type { Guide } from './guide/guide.ts';
import { projectAnswer } from './guide/project-answer.ts';
import { listOf } from './list.ts';

/** What is known of the projects asked for, beside what the person says. */
interface Known {
  /** Whether a project's id counts. */
  readonly ids: boolean;
  /** The form that the answers give all subjects, where they do. */
  readonly components: readonly SubComponent[] | undefined;
  readonly guide: Guide | undefined;
}

/** Asks for projects, with their ids where those count, and for whole groups, which need a yes. */
export async function askSources(role: Draft, known: Known, asker: Asker): Promise<Draft> {
  const chosen = known.guide && (await chooseSources(known.guide));
  const paths = new Set(chosen ?? listOf(await typedSources(asker)));
  const projects: Draft[] = [];
  const groups: Draft[] = [];
  for (const path of paths) {
    if (!isGroup(path)) {
      const answer = await project(path, known, asker);
      // A path of then and one of today may be the same project.
      if (!projects.some((other) => other['path'] === answer['path'])) projects.push(answer);
    } else if (
      await asker.yes({
        flag: 'accept-new-projects',
        message: `Every project below ${groupOf(path)}?`,
        why: `That is each of its projects and subgroups, today or later: whoever may create one there may assume the role.`,
        default: false,
      })
    ) {
      groups.push({ path: groupOf(path), accept_new_projects: true });
    }
  }
  if (projects.length === 0 && groups.length === 0 && paths.size > 0)
    return askSources(role, known, asker);
  return {
    ...role,
    ...(projects.length > 0 ? { projects } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

function typedSources(asker: Asker): Promise<string> {
  return asker.text({
    flag: 'project',
    message: 'Projects that may assume it',
    why: 'Paths, apart by commas, such as mygroup/myproject; mygroup/* is every project of a group.',
    check: (paths) =>
      listOf(paths).length === 0
        ? { what: 'no project was named', fix: 'Give a path such as mygroup/myproject' }
        : firstFlaw((path) =>
            isGroup(path) ? checkGroupPath(groupOf(path)) : checkProjectPath(path),
          )(paths),
  });
}

async function project(path: string, known: Known, asker: Asker): Promise<Draft> {
  const { guide, ids, components = DEFAULT_COMPONENTS } = known;
  const shared = { components, chosen: known.components !== undefined };
  const answer = guide && (await projectAnswer(path, shared, guide));
  return answer ?? { path, ...(ids ? await askId(path, asker) : {}) };
}

async function askId(path: string, asker: Asker): Promise<Draft> {
  const id = await asker.text({
    flag: 'project',
    message: `Numeric id of ${path}`,
    why: 'Pins the role to this very project, whoever may hold its path later. It is in the menu at the top of its page.',
    optional: true,
    check: (text) =>
      /^[1-9]\d{0,14}$/.test(text)
        ? undefined
        : { what: 'that is not a number', fix: 'Give digits only' },
  });
  return id === '' ? {} : { id: Number(id) };
}

const isGroup = (path: string) => path.endsWith('/*');

const groupOf = (path: string) => path.slice(0, -'/*'.length);
