import { completeAnswers, readAnswersText } from '../read.ts';
import type { Answers } from '../schema.ts';
import { ANSWERS_FILE } from '../file-names.ts';
import { applyChange } from './apply-change.ts';
import type { Change } from './change.ts';
import type { Edit } from './edit.ts';
import { editAccount } from './accounts/account.ts';
import { editPolicy } from './policy.ts';
import { addProject, removeProject } from './project.ts';
import { editRef } from './ref.ts';
import { addRole, removeRole } from './role.ts';

/**
 * Makes an edit in the text of an answers file. Every other line, comments and blank ones too, is kept. Whether the
 * new answers are right is for their reader to check.
 *
 * @throws {ProblemError} where the file will not do as it is, the edit is already done or has nothing to do, or it would
 *   reach further than it says
 */
export function editAnswers(text: string, edit: Edit): string {
  const { draft, locate } = readAnswersText(text, ANSWERS_FILE);
  const changes = changesOf(completeAnswers(draft, locate), edit);
  return changes.reduce(applyChange, text);
}

function changesOf(answers: Answers, edit: Edit): Change[] {
  switch (edit.kind) {
    case 'project':
      return edit.verb === 'add' ? addProject(answers, edit) : removeProject(answers, edit);
    case 'branch':
    case 'tag':
      return editRef(answers, edit);
    case 'role':
      return edit.verb === 'add' ? addRole(answers, edit.role) : removeRole(answers, edit);
    case 'account':
      return editAccount(answers, edit);
    case 'policy':
      return editPolicy(answers, edit);
  }
}
