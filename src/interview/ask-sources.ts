import type { Draft } from '../answers/read.ts';
import { checkGroupPath, checkProjectPath } from '../gitlab/project-path.ts';
import type { Asker } from './asker.ts';
import { firstFlaw } from './first-flaw.ts';
import { listOf } from './list.ts';

/** Asks for projects, with their ids where those count, and for whole groups, which need a yes. */
export async function askSources(role: Draft, ids: boolean, asker: Asker): Promise<Draft> {
  const text = await asker.text({
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
  const projects: Draft[] = [];
  const groups: Draft[] = [];
  for (const path of new Set(listOf(text))) {
    if (!isGroup(path)) {
      projects.push({ path, ...(ids ? await askId(path, asker) : {}) });
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
  if (projects.length === 0 && groups.length === 0 && text !== '')
    return askSources(role, ids, asker);
  return {
    ...role,
    ...(projects.length > 0 ? { projects } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
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
