import { ec2 } from './ec2.ts';
import { ecrPush } from './ecr-push.ts';
import { s3 } from './s3.ts';
import { secretsManager } from './secrets-manager.ts';
import { terraformState } from './terraform-state.ts';

/**
 * Every permission pack by its key in the answers, in the order in which help, prompts and policies show them. To add
 * one: a file in this folder and a line here.
 */
export const PACKS = {
  s3,
  ec2,
  secrets_manager: secretsManager,
  ecr_push: ecrPush,
  terraform_state: terraformState,
};
