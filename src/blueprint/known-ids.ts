import type { Answers } from '../answers/schema.ts';

/** The answers with each project's id wherever the project stands, once one place of them names it. */
export function withKnownIds(answers: Answers): Answers {
  const ids = new Map(
    answers.roles.flatMap(({ projects = [] }) =>
      projects.flatMap(({ path, id }) => (id === undefined ? [] : [[path, id] as const])),
    ),
  );
  if (ids.size === 0) return answers;
  const roles = answers.roles.map((role) => {
    if (!role.projects) return role;
    const projects = role.projects.map((project) => {
      const id = project.id ?? ids.get(project.path);
      return id === undefined ? project : { ...project, id };
    });
    return { ...role, projects };
  });
  return { ...answers, roles };
}
