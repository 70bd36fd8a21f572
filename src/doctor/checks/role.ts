import { arnOfRole } from '../../blueprint/arn-of-role.ts';
import type { Repository } from '../facts/facts.ts';
import type { Check } from '../check.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';

export const role: Check = {
  name: 'role',
  examine: ({ role: wanted, aws, repository }) => {
    if (!wanted || 'flaw' in wanted) return unknown('the role is not known');
    const meant = repository && meantArn(repository, wanted.account);
    if (meant !== undefined && meant !== wanted.text) {
      return failed(
        `the job asks for ${wanted.text}, and the repository’s role is ${meant}`,
        set(meant),
      );
    }
    if (!aws) return unknown('give --live to ask AWS whether it is there');
    if ('failure' in aws) return unknown(aws.failure);
    if (aws.roleArn === undefined) {
      return unknown(
        `your own AWS credentials are of account ${aws.account}, not ${wanted.account}`,
      );
    }
    if (aws.roleArn === wanted.text) return ok(`the account has ${wanted.text}`);
    if (aws.roleArn === null) {
      return failed(`the account ${wanted.account} has no role ${wanted.name}`, {
        place: 'aws',
        text: 'Deploy the repository that makes it, or give the job the ARN of a role that is there',
        change: 'aws iam list-roles --query Roles[].Arn --output text',
      });
    }
    return failed(
      `the role’s ARN is ${aws.roleArn}, and the job asks for ${wanted.text}`,
      set(aws.roleArn),
    );
  },
};

/** @param account stands in where the answers do not name one */
function meantArn({ stack, role: wanted }: Repository, account: string): string {
  return arnOfRole(stack, wanted, stack.aws.accountId ?? account);
}

function set(arn: string): Fix {
  return {
    place: 'ci',
    text: 'Set the role that is meant',
    change: `variables:\n  AWS_ROLE_ARN: ${arn}`,
  };
}
