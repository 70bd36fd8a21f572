import type { Answers, Role } from '../answers/schema.ts';

type Projects = Role['projects'];

/** The answers with each project's id wherever the project stands, once one place of them names it. */
export function withKnownIds(answers: Answers): Answers {
  const lists = answers.roles.flatMap(({ projects, differences = {} }) => [
    projects,
    ...Object.values(differences).map((difference) => difference.projects),
  ]);
  const ids = new Map(
    lists.flatMap((projects = []) =>
      projects.flatMap(({ path, id }) => (id === undefined ? [] : [[path, id] as const])),
    ),
  );
  if (ids.size === 0) return answers;
  const known = <T extends { projects?: Projects }>(holder: T): T => {
    if (!holder.projects) return holder;
    const projects = holder.projects.map((project) => {
      const id = project.id ?? ids.get(project.path);
      return id === undefined ? project : { ...project, id };
    });
    return { ...holder, projects };
  };
  const roles = answers.roles.map(known).map((role) => {
    if (!role.differences) return role;
    const differences = Object.entries(role.differences).map(([name, one]) => [name, known(one)]);
    return { ...role, differences: Object.fromEntries(differences) as typeof role.differences };
  });
  return { ...answers, roles };
}
