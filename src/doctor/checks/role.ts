import { arnOfRole } from '../../blueprint/arn-of-role.ts';
import type { Repository } from '../facts/facts.ts';
import type { Check } from '../check.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';

export const role: Check = {
  id: 'DOC013',
  name: 'role',
  about: 'the role: it exists under exactly that ARN',
  needs: '`--live`, or a generated repository',
  examine: ({ role: wanted, aws, repository }) => {
    if (!wanted || 'flaw' in wanted) return unknown('the role is unknown');
    const own = repository && ownArn(repository, wanted.account);
    if (own !== undefined && own !== wanted.text) {
      return failed(
        `the job requests ${wanted.text}, but the role of the repository is ${own}`,
        set(own),
      );
    }
    if (!aws) return unknown('add --live to check that AWS has it');
    if ('failure' in aws) return unknown(aws.failure);
    if (aws.roleArn === undefined) {
      return unknown(
        `your AWS credentials belong to account ${aws.account}, not ${wanted.account}`,
      );
    }
    if (aws.roleArn === wanted.text) return ok(`the account has ${wanted.text}`);
    if (aws.roleArn === null) {
      return failed(`the account ${wanted.account} has no role ${wanted.name}`, {
        place: 'aws',
        text: 'Deploy the repository that creates it, or give the job the ARN of an existing role',
        change: 'aws iam list-roles --query Roles[].Arn --output text',
      });
    }
    return failed(
      `the job requests ${wanted.text}, but the ARN of that role is ${aws.roleArn}`,
      set(aws.roleArn),
    );
  },
};

/** @param account stands in where the answers do not name one */
function ownArn({ stack, role: wanted }: Repository, account: string): string {
  return arnOfRole(stack, wanted, stack.aws.accountId ?? account);
}

function set(arn: string): Fix {
  return {
    place: 'ci',
    text: 'Set the ARN of the role in the job',
    change: `variables:\n  AWS_ROLE_ARN: ${arn}`,
  };
}
